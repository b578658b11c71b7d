# An officer asks a member to step in on own employment, or a member steps in. staff-matter
(a word from you|word from you|have a word with|put in a word|put a word in|raise my case|take up my case|take my case up)
(help me with my|you could help me|you could stop|you can stop|can you stop|vote it down|vote against the restructure|vote against it)
(ask a question at|public question|ask the question at|moved from your side|if a member asked|if a councillor asked|if you asked|if it was you who asked)
(push the boss|push them to|get them to give me|get them 2|make somebody look|make someone look at it|look into how i|the way i've been treated)
(the way i have been treated|way i'm being treated|treated so badly|treated unfairly|unfairly treated|stitched up|done over|thrown under the bus)
(want you to have the true picture|the true picture|true story|my side of it|my side of the story|hope you will forgive my writing|writing to you at home|i shouldn't really be)
(i know i shouldn't|i know i'm not supposed to|i'm not supposed to|not supposed to come to you|shouldn't be writing|behind my manager's back|don't tell my manager|don't say it came from me)
(nowhere else to turn|you're my last hope|you are my last hope|last resort|you know my work|you've seen my work|you've always been good to|you said if ever i)
(you're on that committee|on the appeals panel|on the staffing committee|on personnel|on the hr committee|you sit on|you sit next to|would carry weight)
(carries weight|listen to you|they'd listen to|they listen to councillors|nobody upstairs|won't sit down with|won't listen|hr won't)
(hr are no help|union no help|union is useless|before the interviews|before the hearing|before it goes to committee|before they decide|can you sort it with)
(have it put back|a line put back|reinstate|overturn that|i would like to see somebody else in that|authorise it|find the money and keep|has been suspended)
speak to (the chief|my manager|the director|my boss|hr|someone|somebody|the head)
say something to (somebody|someone|him|her)
raise it with the (director|chief|leader|cabinet)
ask about it at (committee|cabinet|council)
put (it|me|us|her|him) back
reconsider (her|his|my)
look again at (her|his|my)
give (her|him|it) (permanently|to her|to him|another chance|the post|the job|back)
put (her|him) on the scale
see that (his|her) appraisal
i expect to hear that (she|he)
see (him|her) suspended
# an officer who asks a member
(you could|could you|would you|might you|can you|if you could|if you would|perhaps you could|you might|i hoped you|i wondered if you|i wonder if you|is there any way you|i'd be grateful if you) (ask|mention|drop|have a word|put in|speak|say something|say a word|raise|tell|push for|vote|question|stop|save|protect|keep|look into|find out|get them|make them|lean on|remind|let slip|make sure|see that|put the case|make the case|stand up|fight) (him why|her why|them why|about my|about our|about my post|about our posts|for me|for us|up for us|up for me|our corner|my corner|my case|our case|against it|against the restructure|my post|our posts|our jobs|my job|my name|with the director|with the chief|to the director|to the chief|to my manager|to my boss|to hr|with hr|on my behalf|on our behalf|in the right ear|the director|the chief exec|why my|why our|why i|why we|how i|they)
(you|you've|you have) (always|often|once|kindly|ever) (been good to|been kind to|said if|said you'd|said your door|stood up for|spoke up for|fought for|taken an interest in|been a friend to|been fair to|told me to come|told us to come|had time for|supported|looked out for) (me|us|the|staff|workers|people|your|i|my|our|you)
(please|but please|only please|i beg you|i'd ask you|i would ask you|i ask you) (don't|do not|not to) (say|let on|tell|mention|use|quote|forward|reply to|name|repeat|show) (where|who|it was|that i|that it|anyone|anybody|them|my manager|my boss|my name|this to|my work|to work|i|it to|me|hr)
without (my|the|my manager's|my boss's|the director's|his|her) (back|manager knowing|boss knowing|manager's knowledge|director knowing|knowledge)
behind (my|the|my boss's|the director's|his|her) (back|manager knowing|boss knowing|manager's knowledge|director knowing|knowledge)
behind my manager's (manager knowing|boss knowing|manager's knowledge|director knowing|knowledge)
(i'm|i am|we're|we are) (writing|coming|turning|asking|telling you|appealing) (to you|you|to you as|) (because|as|since) (nobody|no one|hr|my manager|the union|you sit|you're on|you are on|you chair|you're the|i know you|you know|you always|i've nowhere|there's nobody|there is nobody)
