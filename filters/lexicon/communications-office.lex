# The communications or press office is involved. Negator for media-contact
(communications|comms|comms team|communications team|communications service|communications office|communications manager|head of communications)
(head of comms|press office|press officer|press desk|press team|media team|media office|media relations)
(media manager|corporate communications|corporate comms|public relations|pr team|the pr people|duty press officer|marketing and communications)
marketing team
