# Only asks about process, steps back, or passes on through the proper post. Negator for legal-proceedings
(about process|process only|procedural question|question of process|not about the merits|not the merits|not asking for details|don't need the details)
(without going into the case|without prejudice to the case|nothing about the case|nothing about any one|when is it listed|when it is listed|is it listed|listed for)
(hearing date|date of the hearing|timetable for|what happens next|what the next step|next stage|how long does it take|how long will the process)
(who is the right person|whom should|right person to|pass that on and step back|step back|stay out of it|stay well out|keep out of it)
(i'll keep out|can't speak to|can't discuss the case|cannot discuss the case|can't get involved|cannot get involved|not to contact|i have not spoken to)
(haven't spoken to|i've not replied|i have not replied|all enquiries to|direct all enquiries|through the director|through you as director|to you as director)
(as you are the director|take it through|not one of ours|not a council case|council isn't a party|council is not a party|no council involvement|sub judice)
only (about|asking about|asking) (the |)(process|procedure|timetable|dates|timing)
not asking about the (case|merits|evidence)
who should (he|she|they|i) (contact|write to|speak to|ring)
can't speak to (them|him|her) about it
told (him|her|them) i (can't|couldn't)
