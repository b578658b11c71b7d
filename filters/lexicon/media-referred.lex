# A press matter is cleared with or left to others, nothing said yet. Negator for media-contact
(clear it with|checked with|run it past|run past|go through|goes through|going through|over to you)
(would you take it|can you take it|can you handle|haven't rung back|not rung him back|not rung her back|have said nothing|i have said nothing)
(said nothing|not replied to|haven't replied)
cleared (by|with|me to|it with)
referred (him|her|them) to
passed (him|her|them) to
sent (him|her|them) to
point (him|her|them) to
told (him|her|them) to ring
(please|kindly|could you|would you|you'd best|you'll need to|you need to|best to|you should|better to|i must ask you to|i have to ask you to|do) (contact|ring|call|e-mail|email|speak to|talk to|go to|try) (our |the |) (press office|press desk|press team|media team|media office|communications|comms)
(please|kindly|could you|would you|you'd best|you'll need to|you need to) (ask|approach|direct it to|send it to|send them to|put it to|put that to|put this to|go through) (our |the |) (press office|press desk|press team|media team|media office|communications|comms)
(best to|you should|better to|i must ask you to|i have to ask you to|do) (ask|approach|direct it to|send it to|send them to|put it to|put that to|put this to|go through) (our |the |) (press office|press desk|press team|media team|media office|communications|comms)
(please|kindly|could you|would you|you'd best|you'll need to|you need to|best to|you should|better to|i must ask you to|i have to ask you to|do) (contact|ring|call|e-mail|email|speak to|talk to|go to|try) (our |the |) (comms team|communications team|newsroom|duty press officer|press officer|media relations)
(please|kindly|could you|would you|you'd best|you'll need to|you need to) (ask|approach|direct it to|send it to|send them to|put it to|put that to|put this to|go through) (our |the |) (comms team|communications team|newsroom|duty press officer|press officer|media relations)
(best to|you should|better to|i must ask you to|i have to ask you to|do) (ask|approach|direct it to|send it to|send them to|put it to|put that to|put this to|go through) (our |the |) (comms team|communications team|newsroom|duty press officer|press officer|media relations)
(all|any|your|such|these|those|media|press) (media|press|enquiries|queries|questions|requests|calls) (go|goes|must go|should go|have to go|need to go|are handled|are dealt with|are answered|come) (through|to|via|by) (the|our|comms|communications|press)
(passed|forwarded|sent|referred|handed|copied|given|passing|forwarding|sending|referring|handing) (it|this|that|your email|your e-mail|your message|your questions|your question|your enquiry) (on |over |straight |) to (the press|press|comms|communications|our press|our comms)
(passed|forwarded|sent|referred|handed|copied|given|passing|forwarding|sending|referring|handing) (it|this|that|your email|your e-mail|your message|your questions|your question|your enquiry) (on |over |straight |) to (our communications|the comms|the communications|our media|the media|the duty)
(passed|forwarded|sent|referred|handed|copied|given|passing|forwarding|sending|referring|handing) (your query|your request|him|her|them|the reporter|the journalist|the request|the query) (on |over |straight |) to (the press|press|comms|communications|our press|our comms)
(passed|forwarded|sent|referred|handed|copied|given|passing|forwarding|sending|referring|handing) (your query|your request|him|her|them|the reporter|the journalist|the request|the query) (on |over |straight |) to (our communications|the comms|the communications|our media|the media|the duty)
(i can't comment|i cannot comment|i'm not able to comment|i am not able to comment|not able to comment|not in a position to comment)
(can't speak to the press|cannot speak to the press|don't speak to the press|can't talk to the press|not allowed to talk to)
(not allowed to speak to|not for me to comment|not for me to say|not the right person|i'm not the person)
(someone from the press office will|somebody from the press office will|someone from comms will|the press office will)
(press office will be in touch|press office will reply|press office will answer|comms will be in touch|comms will get back)
(comms will reply|our press office is|press office is on|press office number|press office's number|duty press officer is)
(duty press officer on|out of hours press|ask the press office|ring the press office|call the press office|contact the press office)
(contact our press office|speak to the press office|speak to our press office|email the press office|via the press office)
(through the press office|through our press office|through comms|via comms|let comms|leave it to comms|leave it with comms)
(leave it to the press office|over to comms|one for comms|one for the press office|comms have it|press office has it)
(press office have it|i've told them to ring|told to ring|said i'd pass it on|said i couldn't comment|said no comment|gave no comment)
(hung up|put the phone down|didn't say anything|i didn't answer|did not answer|not answered them|haven't said anything)
(have not said anything|not said a word)
