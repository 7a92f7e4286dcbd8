BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('1');
CREATE TABLE aliases (
	alias VARCHAR NOT NULL, 
	incident_id VARCHAR NOT NULL, 
	PRIMARY KEY (alias)
);
CREATE TABLE changes (
	change_id INTEGER NOT NULL, 
	incident_id VARCHAR NOT NULL, 
	run_id VARCHAR NOT NULL, 
	changed_at VARCHAR NOT NULL, 
	diff TEXT NOT NULL, 
	PRIMARY KEY (change_id)
);
CREATE TABLE claims (
	event_no INTEGER NOT NULL, 
	claim_no INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	value TEXT, 
	words TEXT NOT NULL, 
	start_offset INTEGER, 
	end_offset INTEGER, 
	origin VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	PRIMARY KEY (event_no, claim_no), 
	FOREIGN KEY(event_no) REFERENCES events (event_no) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "claims" VALUES(1,0,'event_type','attack','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(1,1,'event_date','2023-04-18','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(1,2,'actor1','Islamic State','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(1,3,'actor2','Popular Mobilization Forces','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(1,4,'fatalities','4','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(1,5,'injuries','7','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(1,6,'locations','Amirli','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,82,'text','test');
INSERT INTO "claims" VALUES(2,0,'event_type','attack','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,68,'text','test');
INSERT INTO "claims" VALUES(2,1,'event_date','2023-04-18','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,68,'text','test');
INSERT INTO "claims" VALUES(2,2,'actor2','Popular Mobilization Forces','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,68,'text','test');
INSERT INTO "claims" VALUES(2,3,'fatalities','6','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,68,'text','test');
INSERT INTO "claims" VALUES(2,4,'injuries','5','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,68,'text','test');
INSERT INTO "claims" VALUES(2,5,'locations','Amirli','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,68,'text','test');
INSERT INTO "claims" VALUES(3,0,'event_type','visit','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |',0,65,'text','test');
INSERT INTO "claims" VALUES(3,1,'event_date','2023-04-19','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |',0,65,'text','test');
INSERT INTO "claims" VALUES(3,2,'actor1','Government of Iraq','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |',0,65,'text','test');
INSERT INTO "claims" VALUES(3,3,'actor2','Peshmerga','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |',0,65,'text','test');
INSERT INTO "claims" VALUES(3,4,'locations','Makhmur','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |',0,65,'text','test');
CREATE TABLE decisions (
	decision_id INTEGER NOT NULL, 
	incident_id VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	field VARCHAR, 
	old_value TEXT, 
	new_value TEXT, 
	note TEXT, 
	reviewer VARCHAR NOT NULL, 
	decided_at VARCHAR NOT NULL, 
	evidence TEXT NOT NULL, 
	is_sample BOOLEAN NOT NULL, 
	PRIMARY KEY (decision_id)
);
INSERT INTO "decisions" VALUES(1,'inc_7ff35e79651a5549','accept',NULL,'machine','accepted','seen','Rezan','2026-11-24T12:12:49.242+00:00','[{"event_id": "a-0", "thread": "a", "category": "incident", "event_type": "attack", "sentence_start": 0}, {"event_id": "b-0", "thread": "b", "category": "incident", "event_type": "attack", "sentence_start": 0}]',0);
CREATE TABLE dirty (
	month VARCHAR NOT NULL, 
	PRIMARY KEY (month)
);
CREATE TABLE documents (
	sha256 VARCHAR NOT NULL, 
	archived_path VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	retrieved_at VARCHAR NOT NULL, 
	PRIMARY KEY (sha256)
);
CREATE TABLE events (
	event_no INTEGER NOT NULL, 
	event_id VARCHAR NOT NULL, 
	report_id VARCHAR NOT NULL, 
	report_no INTEGER NOT NULL, 
	incident_id VARCHAR NOT NULL, 
	month VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	event_type VARCHAR NOT NULL, 
	event_date VARCHAR, 
	end_date VARCHAR, 
	admin1 VARCHAR NOT NULL, 
	near_duplicate_of VARCHAR, 
	fatalities_low INTEGER, 
	fatalities_best INTEGER, 
	fatalities_high INTEGER, 
	injuries_low INTEGER, 
	injuries_best INTEGER, 
	injuries_high INTEGER, 
	actor1 VARCHAR, 
	actor2 VARCHAR, 
	sentence TEXT NOT NULL, 
	sentence_start INTEGER NOT NULL, 
	event_record TEXT NOT NULL, 
	PRIMARY KEY (event_no), 
	FOREIGN KEY(report_id) REFERENCES reports (report_id), 
	UNIQUE (event_id)
);
INSERT INTO "events" VALUES(1,'a-0','a',1,'inc_7ff35e79651a5549','2023-04','incident','attack','2023-04-18','2023-04-18','Salah al-Din',NULL,4,4,4,7,7,7,'Islamic State','Popular Mobilization Forces','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7',0,'{"event_id":"a-0","report_id":"a","category":"incident","event_type":"attack","event_date":"2023-04-18","end_date":"2023-04-18","time_precision":1,"date_origin":"text","date_phrase":"attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7","locations":[{"place_id":"amirli","name":"Amirli","name_ar":null,"name_ckb":null,"admin1":"Salah al-Din","admin1_pcode":null,"admin2":"Amirli","latitude":34.727,"longitude":44.587,"geo_precision":1,"where_prec":1,"disputed":false,"where_description":null}],"actor1":"Islamic State","actor2":"Popular Mobilization Forces","fatalities":{"low":4,"best":4,"high":4},"injuries":{"low":7,"best":7,"high":7},"casualties_low":null,"n_strikes":null,"publisher":"A","quoted_sources":[],"evidence":{"event_type":[[0,82]],"event_date":[[0,82]],"locations":[[0,82]],"actor1":[[0,82]],"actor2":[[0,82]],"fatalities":[[0,82]],"injuries":[[0,82]]},"confidence":0.8}');
INSERT INTO "events" VALUES(2,'b-0','b',2,'inc_7ff35e79651a5549','2023-04','incident','attack','2023-04-18','2023-04-18','Salah al-Din',NULL,6,6,6,5,5,5,NULL,'Popular Mobilization Forces','attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5',0,'{"event_id":"b-0","report_id":"b","category":"incident","event_type":"attack","event_date":"2023-04-18","end_date":"2023-04-18","time_precision":1,"date_origin":"text","date_phrase":"attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5","locations":[{"place_id":"amirli","name":"Amirli","name_ar":null,"name_ckb":null,"admin1":"Salah al-Din","admin1_pcode":null,"admin2":"Amirli","latitude":34.727,"longitude":44.587,"geo_precision":1,"where_prec":1,"disputed":false,"where_description":null}],"actor1":null,"actor2":"Popular Mobilization Forces","fatalities":{"low":6,"best":6,"high":6},"injuries":{"low":5,"best":5,"high":5},"casualties_low":null,"n_strikes":null,"publisher":"B","quoted_sources":[],"evidence":{"event_type":[[0,68]],"event_date":[[0,68]],"locations":[[0,68]],"actor2":[[0,68]],"fatalities":[[0,68]],"injuries":[[0,68]]},"confidence":0.8}');
INSERT INTO "events" VALUES(3,'c-0','c',3,'inc_ee869e0b77f1c1e3','2023-04','meeting','visit','2023-04-19','2023-04-19','Erbil',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Government of Iraq','Peshmerga','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |',0,'{"event_id":"c-0","report_id":"c","category":"meeting","event_type":"visit","event_date":"2023-04-19","end_date":"2023-04-19","time_precision":1,"date_origin":"text","date_phrase":"visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |","locations":[{"place_id":"makhmur","name":"Makhmur","name_ar":null,"name_ckb":null,"admin1":"Erbil","admin1_pcode":null,"admin2":"Makhmur","latitude":35.776,"longitude":43.579,"geo_precision":1,"where_prec":1,"disputed":false,"where_description":null}],"actor1":"Government of Iraq","actor2":"Peshmerga","fatalities":null,"injuries":null,"casualties_low":null,"n_strikes":null,"publisher":null,"quoted_sources":[],"evidence":{"event_type":[[0,65]],"event_date":[[0,65]],"locations":[[0,65]],"actor1":[[0,65]],"actor2":[[0,65]]},"confidence":0.8}');
CREATE TABLE incidents (
	incident_id VARCHAR NOT NULL, 
	month VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	event_type VARCHAR NOT NULL, 
	event_date VARCHAR, 
	end_date VARCHAR, 
	time_precision INTEGER, 
	date_origin VARCHAR, 
	date_phrase TEXT, 
	actor1 VARCHAR, 
	actor2 VARCHAR, 
	fatalities_low INTEGER, 
	fatalities_best INTEGER, 
	fatalities_high INTEGER, 
	injuries_low INTEGER, 
	injuries_best INTEGER, 
	injuries_high INTEGER, 
	casualties_low INTEGER, 
	n_strikes INTEGER, 
	n_sources INTEGER NOT NULL, 
	n_reports INTEGER NOT NULL, 
	n_locations INTEGER NOT NULL, 
	publishers TEXT NOT NULL, 
	languages TEXT NOT NULL, 
	quoted_sources TEXT NOT NULL, 
	conflicting BOOLEAN NOT NULL, 
	confidence FLOAT NOT NULL, 
	sentence TEXT NOT NULL, 
	report_id VARCHAR NOT NULL, 
	is_sample BOOLEAN NOT NULL, 
	search_text TEXT NOT NULL, 
	PRIMARY KEY (incident_id)
);
INSERT INTO "incidents" VALUES('inc_7ff35e79651a5549','2023-04','incident','attack','2023-04-18','2023-04-18',1,'text','attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7','Islamic State','Popular Mobilization Forces',4,6,6,5,5,7,NULL,NULL,2,2,1,'AB','','',1,0.96,'attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7','a',0,'amirli salah al-din amirli islamic state popular mobilization forces attack attack | 2023-04-18 | amirli | islamic state | popular mobilization forces | 4 | 7');
INSERT INTO "incidents" VALUES('inc_ee869e0b77f1c1e3','2023-04','meeting','visit','2023-04-19','2023-04-19',1,'text','visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |','Government of Iraq','Peshmerga',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,1,'','','',0,0.8,'visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |','c',0,'makhmur erbil makhmur government of iraq peshmerga visit visit | 2023-04-19 | makhmur | government of iraq | peshmerga | |');
CREATE TABLE locations (
	incident_id VARCHAR NOT NULL, 
	place_no INTEGER NOT NULL, 
	place_id VARCHAR, 
	name VARCHAR NOT NULL, 
	name_ar VARCHAR, 
	name_ckb VARCHAR, 
	admin1 VARCHAR, 
	admin1_pcode VARCHAR, 
	admin2 VARCHAR, 
	latitude FLOAT, 
	longitude FLOAT, 
	geo_precision INTEGER NOT NULL, 
	where_prec INTEGER NOT NULL, 
	disputed BOOLEAN NOT NULL, 
	administered_by VARCHAR, 
	where_description TEXT, 
	month VARCHAR NOT NULL, 
	PRIMARY KEY (incident_id, place_no), 
	FOREIGN KEY(incident_id) REFERENCES incidents (incident_id) ON DELETE CASCADE
);
INSERT INTO "locations" VALUES('inc_7ff35e79651a5549',0,'amirli','Amirli',NULL,NULL,'Salah al-Din',NULL,'Amirli',34.727,44.587,1,1,0,NULL,NULL,'2023-04');
INSERT INTO "locations" VALUES('inc_ee869e0b77f1c1e3',0,'makhmur','Makhmur',NULL,NULL,'Erbil',NULL,'Makhmur',35.776,43.579,1,1,0,NULL,NULL,'2023-04');
CREATE TABLE overlaid (
	incident_id VARCHAR NOT NULL, 
	months VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	PRIMARY KEY (incident_id)
);
CREATE TABLE published (
	run_id VARCHAR NOT NULL, 
	n_decisions INTEGER NOT NULL, 
	PRIMARY KEY (run_id)
);
INSERT INTO "published" VALUES('20261124T121249.065824Z',0);
CREATE TABLE reports (
	seq INTEGER NOT NULL, 
	report_id VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	superseded_by VARCHAR, 
	content VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	document VARCHAR, 
	text TEXT NOT NULL, 
	published VARCHAR, 
	month VARCHAR NOT NULL, 
	publisher VARCHAR, 
	title TEXT, 
	url VARCHAR, 
	lang VARCHAR, 
	source VARCHAR NOT NULL, 
	retrieved_at VARCHAR NOT NULL, 
	is_sample BOOLEAN NOT NULL, 
	run_id VARCHAR NOT NULL, 
	extracted_with VARCHAR DEFAULT '' NOT NULL, 
	n_events INTEGER NOT NULL, 
	problem TEXT, 
	signature BLOB, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(document) REFERENCES documents (sha256), 
	UNIQUE (report_id)
);
INSERT INTO "reports" VALUES(1,'a','a',1,NULL,'b3f8930b96f32bf9a9726d33ebd92428807803e83bac9a2cfd5d705d7b62dfc6','ee4162c9b8ceed97272a14f5af5e3463e71a21fabb37f5fe5c02d08a4d48ebdf',NULL,'attack | 2023-04-18 | Amirli | Islamic State | Popular Mobilization Forces | 4 | 7
aword0 aword1 aword2 aword3 aword4 aword5 aword6 aword7 aword8 aword9 aword10 aword11 aword12 aword13 aword14 aword15 aword16 aword17 aword18 aword19 aword20 aword21 aword22 aword23 aword24 aword25 aword26 aword27 aword28 aword29 aword30 aword31 aword32 aword33 aword34 aword35 aword36 aword37 aword38 aword39','2023-04-19','2023-04','A',NULL,NULL,NULL,'','2026-11-24T12:12:49.129+00:00',0,'20261124T121249.065824Z','a246c9db6a312a65',1,NULL,X'C8D33743EF0F163A5A716955F004C62796F1DF1DD5A51687643F5717D9BC94050C60E80AD17CE291D5E5C9C17D05122DEC531B25117C2C082F063344887A0B2DBB8BCA1C60393A276EA0870F75ECE31DD4F9CF36B7AA2219805E25C3579F2352B62EAC33C6450260EEDECE4E3ED13117EA74C775B0202F3B6CAF3830D3DB115EC3DC660EF8C39071F4D18DC0A532AF09825DAD5F29B1E5105E80CE84048AB1011CBA3CC1EB796D2AA5BB3B3544E0CFC0FB1F882DD87804709433B624CCA50315B71164C016262B04D82B21041755CB1889EAE022567450008EFA359A48D57158ACF1E8470621A1C1DDAA9D4EA089D20416494F708BF43F7E9ED1E90ECC31F068');
INSERT INTO "reports" VALUES(2,'b','b',1,NULL,'a4f73715c56c3db4c87d81482dbf08e81309bf76ce63321889ed6509baf6fd59','caef4ba72591a2d330e2e305a542cc2675a2779d3c741ff519287eab8646f28f',NULL,'attack | 2023-04-18 | Amirli | | Popular Mobilization Forces | 6 | 5
bword0 bword1 bword2 bword3 bword4 bword5 bword6 bword7 bword8 bword9 bword10 bword11 bword12 bword13 bword14 bword15 bword16 bword17 bword18 bword19 bword20 bword21 bword22 bword23 bword24 bword25 bword26 bword27 bword28 bword29 bword30 bword31 bword32 bword33 bword34 bword35 bword36 bword37 bword38 bword39','2023-04-19','2023-04','B',NULL,NULL,NULL,'','2026-11-24T12:12:49.134+00:00',0,'20261124T121249.065824Z','a246c9db6a312a65',1,NULL,X'8288FE2C300FDC03D99DE136A4D8223A2C3C3DC2C23073C09F85586A6735253410F6A2638C13DB7D7614710D1DDA5F367D2CC1ABF50EFF06CB8FE28C375B910B848AA03ECECDB603DC481E6C9E66892CD387580CBA049816294A734A54C291C1F699152794B06B73CDE058B09DF10D26EEA41C6D35343208FAE5F782220D3C2ACA47EC00F8C390711652DC484BC6FB06F0EB17C061BB208F35932A1EA1989E078DEB63C3A905E00F8BF264C1F888457A5E60DE5B5536A1257A35129C3F5E4A0B05B999AB0493A979408A93247EB2EFC1926987C003F7B716501EA09A44DF312BE33D8D16A73A830B21979A25AF969FAFD0127D0EA914327F5373770844AF6527');
INSERT INTO "reports" VALUES(3,'c','c',1,NULL,'e940bff5a347814ded408012feabe79600cddafea1c9f5ee47975a472fe91004','3c53e07a52369749ddaa999c0a17ca1bb8ce8d7baab0054880a5bc5b0a9a3aad',NULL,'visit | 2023-04-19 | Makhmur | Government of Iraq | Peshmerga | |
cword0 cword1 cword2 cword3 cword4 cword5 cword6 cword7 cword8 cword9 cword10 cword11 cword12 cword13 cword14 cword15 cword16 cword17 cword18 cword19 cword20 cword21 cword22 cword23 cword24 cword25 cword26 cword27 cword28 cword29 cword30 cword31 cword32 cword33 cword34 cword35 cword36 cword37 cword38 cword39','2023-04-19','2023-04',NULL,NULL,NULL,NULL,'','2026-11-24T12:12:49.135+00:00',0,'20261124T121249.065824Z','a246c9db6a312a65',1,NULL,X'848EC375ADF772451C425A925AF51632A9CC59C00F6B2B02E025B51733BDE78C821480C04302260350C10C18A1EBA77864F46B3EEC05981E3205D04BE7B5A514C946070193CBB070E51E4415ED63121FC2D516113DCD14067824960FE32B102B65A2275137EAD70ABDAED44AF963105153F87421FD49C90935DC5697DE355E3AB84F7751D99DEF41722337C00B6E15379E546191D5CB523A11F93B1CCBFD18C118B6223E7C6BA20DECE9DF09773550013A35FA53C0A22888D25CBF39C670E7653A737613F4EC7B1967F83616EEA118175FBC197EFCF6332AC7AA6AC0EE965C5BA16948589F0591472A047302E88BAB11F90A868759424F086C38F8814FD21515');
CREATE TABLE runs (
	run_id VARCHAR NOT NULL, 
	started_at VARCHAR NOT NULL, 
	finished_at VARCHAR, 
	code_version VARCHAR NOT NULL, 
	lexicon_hash VARCHAR NOT NULL, 
	gazetteer_hash VARCHAR NOT NULL, 
	counts TEXT, 
	PRIMARY KEY (run_id)
);
INSERT INTO "runs" VALUES('20261124T121249.065824Z','2026-11-24T12:12:49.066+00:00','2026-11-24T12:12:49.237+00:00','code','1','places','{"reports_new": 3, "reports_corrected": 0, "reports_unchanged": 0, "reports_read": 3, "events": 3}');
CREATE INDEX ix_aliases_incident_id ON aliases (incident_id);
CREATE INDEX ix_changes_incident_id ON changes (incident_id);
CREATE INDEX ix_decisions_incident_id ON decisions (incident_id);
CREATE INDEX incidents_by_confidence ON incidents (confidence);
CREATE INDEX incidents_by_month ON incidents (month);
CREATE INDEX locations_by_month ON locations (month);
CREATE INDEX ix_reports_thread ON reports (thread);
CREATE INDEX ix_reports_url ON reports (url);
CREATE INDEX reports_by_extraction ON reports (extracted_with, seq);
CREATE INDEX reports_by_month ON reports (month);
CREATE INDEX reports_by_sample ON reports (is_sample);
CREATE INDEX events_by_block ON events (category, admin1, event_date, end_date);
CREATE INDEX events_by_month ON events (month);
CREATE INDEX ix_events_incident_id ON events (incident_id);
CREATE INDEX ix_events_report_id ON events (report_id);
CREATE TRIGGER decisions_no_update before update on decisions begin select raise(abort, 'decisions are never changed: take a new one'); end;
CREATE TRIGGER decisions_no_delete before delete on decisions begin select raise(abort, 'decisions are never changed: take a new one'); end;
COMMIT;
