"""The dashboard: `streamlit run dashboard.py`.

Streamlit runs this file twice over: once as a module, for the server that it finds in it, and as a script whenever a
reader opens the first page or changes something there.
"""

import streamlit as st

from pages.ui import server

if __name__ == "__main__":
    from pages.ui import front  # declares components, which takes a running server

    front.main()
else:
    app = st.App(__file__, middleware=server.MIDDLEWARE, lifespan=server.lifespan)
