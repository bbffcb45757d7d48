"""`wechat-oa mcp` by the official Python client. (The client's package has the same name, so it is a program apart.)"""
