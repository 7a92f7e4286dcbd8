from pages.ui import shell

page = shell.begin("reports")
shell.heading(page)
