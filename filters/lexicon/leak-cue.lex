# Something is handed over that must not be traced. confidential-disclosure; negator for media-contact
you (didn't|did not|never|haven't|have not) (get|have|had|got|hear|see|receive) (this|it|them|any of this|that|these) (from|off) (me|us|here|this office)
(you never saw|you haven't seen|you've not seen|you've never seen|you didn't see) (this|it|these|them)
(don't|do not|never) (say|let on|tell anyone|tell anybody|tell them|mention|reveal|name) (where|who|how|that|it|me|my name|what) (it|you|they|this|came|gave|the|i|)
(delete|shred|burn|bin|destroy|lose|eat) (this|it|them|after|the email|when) (after|when|once|afterwards|now|you're|you've|reading|please|)
(from a friend|a little bird|plain envelope|brown envelope|not from me|keep my name|leave my name|keep me out|my name out|crop the|off the record|between us|between you and me|between ourselves|strictly between|for your eyes|have my guts|be toast|lose my job|my head on a|pass it on quietly|under the counter|on the quiet|on the qt|hush hush|not for attribution|unattributable)
(pages|page|paragraph|para|item|items) (one|two|three|four|five|six|1|2|3|4|5|6|7|8|9|10|11|12) (is|are|has|have) (what|why|the good stuff|the stuff|the juicy|where|all you)
