# The addressee or beneficiary is an unelected party worker. party-worker-access
(agent|my agent|our agent|election agent|the agent|organiser|our organiser|party organiser)
(regional organiser|campaign manager|campaign organiser|campaign coordinator|campaign co-ordinator|campaign team|campaign volunteer|volunteer)
(volunteers|my volunteer|our volunteers|helper|helpers|my helper|branch secretary|branch chair)
(branch treasurer|ward organiser|membership secretary|constituency chairman|association chairman|party office|party staff|party worker)
(party workers|party member|activist|activists|caseworker for the mp|mp's office|mp's caseworker|msp's office)
(ms's office|mla's office|intern|my intern|researcher|my researcher|candidate|our candidate)
(prospective candidate|ppc|canvasser|canvassers|deliverers|literature secretary|press officer for the party|social media volunteer)
(who does our leaflets|who does my leaflets|does our leaflets|runs our campaign|runs my campaign)
