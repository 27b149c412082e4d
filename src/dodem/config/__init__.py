"""How the centre is put together: settings, addresses, the web application and the process tree."""
