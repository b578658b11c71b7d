# What anybody can have. Negator for party-worker-access, uneven-briefing, confidential-disclosure
(public|published|open) (bulletin|minutes|agenda|report|register|notice|data|source|sources|papers|page|pages|consultation|portal|information|website|record|domain)
(anyone|anybody|everyone|everybody|any resident|the public) (can|may|could|is able to) (sign up|read|see|have|get|download|subscribe|come|ask|apply|look)
(free to subscribe|on the website|on our website|the council website|from the website|on the portal|planning portal|web page|webpage|link to the page|public link|same link|already public|already published|published today|published last|published in|was published|is published|in the paper already|on the internet|press release|news page|webcast)
(all from|taken from|out of) (the|our|) (website|minutes|published|public|webcast|charges list|annual report)
