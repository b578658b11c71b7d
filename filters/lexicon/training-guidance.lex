# Training, guidance, reminder of the rules or a policy circular. Negator for all rules
(do's and don'ts|dos and don'ts|do and don't|rules of the road|what you can and can't|what you can and cannot|what members can and cannot|what we can and can't)
(code of conduct|code of practice|monitoring officer|standards committee|standards regime|nolan principles|local government act|representation of the people)
(publicity code|recommended practice|frequently asked questions|faq*|handout|handouts|quiz answers|the quiz)
(worksheet|e-learning|elearning|webinar|toolbox talk|lunch and learn|rule of thumb|golden rule)
(if in doubt|when in doubt|err on the side|if you are asked|lessons learned|awareness session|refresher)
training (session|event|course|day|slides|material|materials|pack|note|module|programme|for members|for councillors|on)
(member|members'|members|councillor|councillors'|officer|staff|induction|mandatory|refresher) (training|induction|development)
(guidance|guide|briefing|advice) (on|note on) (the|) (pre-election|purdah|publicity|code|protocol)
(guidance|guide|briefing|advice) (about|for|to) (the|) (pre-election|purdah|publicity|code|protocol)
(guidance|guide|briefing|advice) (on|note on) (the|) (conduct|elections|use of council|period|heightened)
(guidance|guide|briefing|advice) (about|for|to) (the|) (conduct|elections|use of council|period|heightened)
(the|our|this|annual|a|friendly|gentle|usual|short) reminder (that|of|to|about|on|for|from)
(remind|reminding|reminds) (you|all|members|officers|colleagues|everyone|staff|that|councillors)
(member|members|member-officer|member/officer|officer) protocol
section (2|4) of the local government act
please (read|note|refer to|familiarise yourself|see) (the|this|our|these) (guidance|guide|rules|protocol|policy|code)
if (a|any) (member|councillor|candidate|officer) asks
should (a|any) (member|councillor|candidate) ask
(applies|apply) to (all|everyone|every|members|councillors|officers|all of us)
policy (states|says|is clear|is that|requires|sets out)
the protocol (says|states|requires|is clear|provides|does not|doesn't|allows|forbids)
the code (says|states|requires|is clear|provides|does not|doesn't|allows|forbids)
