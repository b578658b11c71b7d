# An officer's own pay, grade, grievance, restructure, dismissal. staff-matter
(regrade|re-grade|regrading|job evaluation|down a grade|up a grade|downgraded|put on a grade)
(put me on a|on a grade|acting up|acting-up|act up|honorarium|spinal point|spine point)
(scale point|increment|market supplement|zero hours|zero-hours|fixed term contract|fixed-term contract|proper contract)
(permanent contract|made permanent|temp to perm|agency contract|compulsory redundancy|voluntary redundancy|redundancy|redundancies)
(at risk letter|at-risk letter|at risk of redundancy|put at risk|in the pool|selection pool|ring-fenced|ringfenced)
(slotted in|slotting in|assimilat*|deleted post|post deleted|my post is being|posts are being|job cuts)
(restructure|re-structure|restructuring|reorganisation|staffing structure|staffing review|new structure|structure chart)
(grievance|disciplinary|disciplinary hearing|suspended|suspension|gross misconduct|dismissed|dismissal)
(sacked|sack|fired|let go|let her go|let him go|probation|capability procedure)
(capability process|performance management|written warning|constructive dismissal|bullied by my|bullied at work|being bullied|whistleblow*)
(hauled over|occupational health|phased return|stress at work|signed off sick|signed off with|sick note|fit note)
(passed over|overlooked for|interview for the post|interview for the job|interviewed for|shortlisted for|internal vacancy|internal applicant)
(the manager's job|team leader job|promotion|promoted|give it to|move that man|off the ward|off my ward)
(should be sacked|should go|should be moved|wants sacking|wants moving|needs sacking|desk cleared|hr)
(human resources|people team|personnel|payroll|equal pay|pay claim|pay award|pay cut)
(mortgage to pay|i've a mortgage|got a mortgage|two kids|years' service|years service|years in the job|unblemished)
(my record|my career|my livelihood|terms and conditions|unsocial hours|shift pattern|shift allowance|essential car user)
(car allowance|weekend working|lone working)
(my|our|her|his|their|an officer's) (grade|grading|regrade|re-grade|regrading|re-grading|pay|salary|wages|pay scale|band|increment|honorarium|overtime|mileage|allowance|allowances)
(my|our|her|his|their|an officer's) (hours|shifts|rota|contract|probation|probation review|post|posts|job|jobs|job description|job evaluation|role|promotion|secondment|appraisal|pdr|grievance)
(my|our|her|his|their|an officer's) (disciplinary|hearing|suspension|dismissal|redundancy|redundancy notice|redeployment|sick pay|sick leave|sickness|absence review|maternity leave|paternity leave|flexible working|flexible working request|working from home|line manager)
(my manager|my boss|my head of service|my union rep|my pension|my notice|my resignation|my reference|my tribunal claim|my capability)
(my interview|my final written warning|my annual leave|my leave request|my settlement agreement|my exit package|my reinstatement|our manager|our boss|our head of service)
(our union rep|our pension|our notice|our resignation|our reference|our tribunal claim|our capability|our interview|our final written warning|our annual leave)
(our leave request|our settlement agreement|our exit package|our desk|our reinstatement|her manager|her boss|her head of service|her union rep|her pension)
(her notice|her resignation|her reference|her tribunal claim|her capability|her interview|her final written warning|her annual leave|her leave request|her settlement agreement)
(her exit package|her desk|her reinstatement|his manager|his boss|his head of service|his union rep|his pension|his notice|his resignation)
(his reference|his tribunal claim|his capability|his interview|his final written warning|his annual leave|his leave request|his settlement agreement|his exit package|his desk)
(his reinstatement|their manager|their boss|their head of service|their union rep|their pension|their notice|their resignation|their reference|their tribunal claim)
(their capability|their interview|their final written warning|their annual leave|their leave request|their settlement agreement|their exit package|their desk|their reinstatement|an officer's manager)
(an officer's boss|an officer's head of service|an officer's union rep|an officer's pension|an officer's notice|an officer's resignation|an officer's reference|an officer's tribunal claim|an officer's capability|an officer's interview)
(an officer's final written warning|an officer's annual leave|an officer's leave request|an officer's settlement agreement|an officer's exit package|an officer's desk|an officer's reinstatement)
appoint (her|him)
give (her|him) the job
keep (her|him|the man) on
move (her|him) off
take (her|him) off
get rid of (her|him|that)
get (her|him) out
want (him|her) gone
want (him|her) off
want (him|her) out
clear (his|her) desk
back at (his|her) desk
back to (his|her|my) (post|job|desk)
(employment tribunal|acas|settlement figure|exit deal|severance|pay-off|payoff|garden leave|gardening leave|notice period|handing in my notice|handed in my notice|handed my notice in|back to work interview|return to work interview|absence trigger|trigger meeting|stage one absence|attendance meeting|sickness meeting|absence warning|reasonable adjustments|ill health retirement|ill-health retirement|early retirement|flexitime|time off in lieu|time and a half|time-and-a-half|night allowance|first aid allowance|term-time only|annualised hours|zero hour contract|relief contract|casual contract|pay protection|protected pay|incremental progression|top of the scale|bottom of the scale|job matching|competitive interview|redeployment register|the redeployment list|bumped down|tuped|tupe|protected conversation|without prejudice meeting|compromise agreement|disciplinary panel|disciplinary letter|notice of dismissal|final warning|verbal warning|informal warning|improvement plan|performance plan|extended probation|failed probation|fail her probation|fail his probation|pass her probation|pass his probation|end of probation|appeal against dismissal|unfair dismissal|reference request|written reference|glowing reference)
