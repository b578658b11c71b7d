# Words that may name a party or may not; to be weighed with party or vote words in the sentence
(conservative|reform|green|alliance|independent|independents|liberal|unionist)
(respect|workers|the blues|the reds|the group|our group)
