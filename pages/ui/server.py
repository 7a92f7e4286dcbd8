"""The dashboard as a server for others sees it, with security headers: `streamlit run pages/ui/server.py`.

`streamlit run dashboard.py` is the same without the headers, for one's own machine.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.ui.headers import SecurityHeaders

ROOT = Path(__file__).parents[2]

app = st.App(ROOT / "dashboard.py", middleware=[Middleware(SecurityHeaders)])
