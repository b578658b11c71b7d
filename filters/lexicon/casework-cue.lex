# A constituent's case or ward issue is brought. Enquiry yes; wrong-channel; negator for capacity-unclear
(contacted by|approached by|stopped me in|came to my surgery|at my surgery|at surgery|from surgery|at my advice session)
(in my ward|in my patch|in my division|in the ward|on my patch|casework|new case|case for you)
(member enquiry|member's enquiry|members' enquiry|members enquiry|councillor enquiry|me ref|enquiry reference|case ref)
(ref no|reference number|reported it|reported this|reported online|reported on|reported three times|logged)
(rung three times|rung twice|been on the phone|been on to|she has rung|he has rung|they have rung|she's rung)
(he's rung|her address is|his address is|lives at|living at|of number|flat number|phone number is)
(see below from|email below from|e-mail below from|message below|see below|please see attached|please see below|pls see below)
(below from a resident|for action|for your action|for attention|your attention|attention to|urgent|urgently)
(asap|a.s.a.p.|as soon as possible|as soon as you can|as a matter of urgency|at your earliest|earliest convenience|when you get a minute)
(when you have a moment|when you can|before winter|before the weekend)
(a|my|one of my|another|the|this|our|several|some|a number of|local|many) (resident|residents|constituent|constituents|tenant|tenants|local resident|local residents|pensioner|neighbours|parents)
(a|my|one of my|another|the|this|our|several|some|a number of|local|many) (traders|shopkeepers|elderly resident|elderly lady|elderly gentleman|lady|gentleman|young mum|family|couple|householder)
has (contacted|approached|written to|emailed|rung|phoned|been in touch with|come to|been on to|got in touch with) me
have (contacted|approached|written to|emailed|rung|phoned|been in touch with|come to|been on to) me
