# An occasion that is open to the public or to a neighbourhood. ward-invitation, pre-election-publicity
(open|public|community|residents'|residents|tenants'|tenants|parents'|neighbours'|traders'|block|estate|village|street|town|parish|neighbourhood|parents|stallholders') (evening|morning|afternoon|meeting|mtg|session|forum|event|briefing|gathering|walk|day|night|get-together|breakfast|tea|lunch|picnic|barbecue|bbq|exhibition|workshop|surgery|assembly|hearing)
(information|consultation|listening|safety|have your say|planning|flood|traffic|parking|q&a|question) (evening|morning|session|event|drop-in|drop in|night|meeting|afternoon|roadshow|stall|day)
(site|night-time|night time|guided|health|nature|heritage|safety|ward) (walk|walkabout|walk round|walk-round|tour|stroll)
(drop-in|drop in|drop-ins|drop ins|dropin|walkabout|walk-about|roadshow|pop-up|pop up stall|wash-up|open day|open house|open studio|fun day|clean-up day|clean up day|clean-up|big tidy|litter pick|community clean up)
(tree planting|planting day|bulb planting|bulb day|street party|summer fete|fete|gala day|carnival|fair|lantern parade|unveiling|ribbon cutting|turning on of the lights|switch-on|lights switch-on|turf cutting|turf-cutting)
(launch|opening|grand opening|official opening|reopening|re-opening) (event|day|evening|morning|do|party|ceremony|afternoon)
(all|everyone|everybody|anyone|anybody|locals|residents|families|members of the public|the public|neighbours|parents) (are|is|will be|) (welcome|invited|encouraged to come)
(open to|doors open to|open for) (all|everyone|anyone|anybody|the public|residents|locals|all comers|any resident)
(posters|flyers|fliers|leaflets|cards|invitations|invites|notices) (have|are|will be|go|went|) (up|out|gone|gone out|going out|going up|done|through doors|through every door|printed|in the shops)
(i've|i have|we've|we have|been) leafleted
(put|putting|putting on|holding|hosting|running|calling|convening|organising|arranging|staging|doing|hold|host|run|call|convene|organise|stage) (a|an|our|the|another) (public|open|residents'|community|ward|local|street|village|drop-in|drop in|little|small|joint|) (meeting|session|evening|event|drop-in|drop in|walkabout|forum|exhibition|do|gathering|workshop|surgery|consultation|open day|stall)
(hall|room|hut|school|church|pub|library|pavilion|legion|club) (is|has been|) booked
(school council|residents' association|tenants' association|residents association|tenants association|neighbourhood watch) (agm|meeting|evening|want|would like)
(meet|met|talk to|listen to|hear from|show|tell|face|speak to) (the|) (residents|tenants|locals|neighbours|parents|shopkeepers|traders|parishioners|the public|villagers|householders)
