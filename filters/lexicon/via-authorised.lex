# The request is put through, or left to, an authorised post. Negator for group-meeting-request
(via|by way of|passed up to|go through|has to go through|goes through|have to go through|the request goes to)
(request goes via|for you to decide|leave it to you whether|leave it to you who|your permission|your blessing|with your blessing|your agreement)
(your authority|ask your permission|may i have your|could you authorise|would you authorise|authorise an officer|nominate an officer|who you send)
(whoever you think|whomever you think|or somebody you nominate)
