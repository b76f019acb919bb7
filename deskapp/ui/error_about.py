"""Sentences for Problems about one thing, where those of ``error_texts`` say too little."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

ABOUT: dict[tuple[ProblemKind, str], Texts] = {
    (K.OFFLINE, "shop"): texts(
        N("Errors", "No connection to the shop"),
        N("Errors", "{host} cannot be reached from this computer."),
        N("Errors", "Orders that are here stay readable."),
        N("Errors", "Check the network and the shop's address."),
    ),
    (K.SIGN_IN_REFUSED, "shop"): texts(
        N("Errors", "The shop refused the key"),
        N("Errors", "{host} did not accept the key. It said: {said}"),
        N("Errors", "Orders that are here stay readable. Nothing is tried again with this key."),
        N("Errors", "Enter the key anew in the shop's settings."),
    ),
    (K.SIGN_IN_REFUSED, "bearer"): texts(
        N("Errors", "The shop refused the token"),
        N("Errors", "{host} did not accept the token. It said: {said}"),
        N("Errors", "Orders that are here stay readable."),
        N("Errors", "It is wrong, lacks a right, or may not be used alone: enter all four keys."),
    ),
    (K.TLS_UNTRUSTED, "shop"): texts(
        N("Errors", "Certificate not trusted"),
        N("Errors", "{host} showed a certificate that this computer does not trust: {said}"),
        N("Errors", "No key was sent."),
        N("Errors", "Check the shop's address, or ask who runs it to renew the certificate."),
    ),
    (K.TLS_UNAVAILABLE, "shop"): texts(
        N("Errors", "No protected connection"),
        N("Errors", "{host} does not offer the protection (TLS) that a key needs."),
        N("Errors", "No key was sent."),
        N("Errors", "Check the shop's address."),
    ),
    (K.TOO_LARGE, "shop_answer"): texts(
        N("Errors", "Too long an answer"),
        N("Errors", "{host} answered with more than is read at once."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask for fewer orders at once."),
    ),
    (K.PLAIN_NOT_LOOPBACK, "shop"): texts(
        N("Errors", "Not without protection"),
        N("Errors", "A shop is asked over https only; plain http is for this computer alone."),
        N("Errors", "No key was sent to {host}."),
        N("Errors", "Write the address with https in front."),
    ),
    (K.SERVER_REFUSED, "shop"): texts(
        N("Errors", "The shop refused"),
        N("Errors", "{host} answered: {said}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Follow the shop's words, then try again."),
    ),
    (K.NOT_FOUND, "shop"): texts(
        N("Errors", "No such shop"),
        N("Errors", "There is no shop at {host}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Check the address."),
    ),
    (K.NOT_FOUND, "shop_path"): texts(
        N("Errors", "The shop has no such door"),
        N("Errors", "{host} knows nothing of {value}."),
        N("Errors", "Nothing was changed."),
        N(
            "Errors",
            "Check the address, and that the shop lets programs in.",
        ),
    ),
    (K.INVALID, "shop_address"): texts(
        N("Errors", "No address of a shop"),
        N("Errors", "“{value}” is no address of a shop."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write it like https://shop.example."),
    ),
    (K.INVALID, "snooze_ended"): texts(
        N("Errors", "This ticket has ended"),
        N("Errors", "Ticket {value} has ended, so there is nothing to put aside."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Open it first, then snooze it."),
    ),
    (K.TOO_LATE, "take_over"): texts(
        N("Errors", "Answered already"),
        N("Errors", "This request to take a ticket over has ended."),
        N("Errors", "It was answered, taken back, or its time was over."),
        N("Errors", "Ask again if it is still needed."),
    ),
    (K.TOO_LATE, "tag_merge"): texts(
        N("Errors", "Too late to undo"),
        N("Errors", "This merge was undone already, or one of its tags has been merged on."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Put the tag on its tickets again by hand."),
    ),
    (K.TOO_LATE, "move"): texts(
        N("Errors", "Too late to undo"),
        N("Errors", "This was undone already, or what it moved has gone on from there."),
        N("Errors", "Nothing was changed."),
        N("Errors", "The ticket's history shows where its messages are now."),
    ),
    (K.CHANGED_MEANWHILE, "split_off"): texts(
        N("Errors", "A colleague works on it"),
        N("Errors", "{who} has worked on the ticket that was split off."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Merge the two if they are one matter."),
    ),
    (K.INVALID, "merge"): texts(
        N("Errors", "That is one ticket"),
        N("Errors", "A ticket cannot be merged into itself, and two numbers can lead to one."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Name another ticket."),
    ),
    (K.INVALID, "split"): texts(
        N("Errors", "Nothing would be left"),
        N("Errors", "That is all there is on ticket {value}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Leave at least one message where it is."),
    ),
    (K.INVALID, "move"): texts(
        N("Errors", "Nothing would be left"),
        N("Errors", "That is all there is on ticket {value}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Merge it into the other ticket instead."),
    ),
    (K.INVALID, "move_here"): texts(
        N("Errors", "They are there already"),
        N("Errors", "That is the ticket which these messages are on."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Name another ticket."),
    ),
    (K.EMPTY, "split"): texts(
        N("Errors", "No message chosen"),
        N("Errors", "None of these messages is on the ticket any more."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Open the ticket again and choose anew."),
    ),
    (K.INVALID, "link"): texts(
        N("Errors", "That is one ticket"),
        N("Errors", "A ticket is not linked with itself."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Name another ticket."),
    ),
    (K.DUPLICATE, "link"): texts(
        N("Errors", "Linked already"),
        N("Errors", "The two tickets are linked already."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Take that link off first."),
    ),
    (K.DUPLICATE, "parent"): texts(
        N("Errors", "It has a parent"),
        N("Errors", "Ticket {value} belongs to ticket {parent} already."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Take that link off first."),
    ),
    (K.INVALID, "link_circle"): texts(
        N("Errors", "It is above the other"),
        N("Errors", "Ticket {value} is above the other already, so it cannot be below it too."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Take one of the links between them off first."),
    ),
    (K.DUPLICATE, "tag"): texts(
        N("Errors", "That tag is there already"),
        N("Errors", "“{value}” is another tag's name."),
        N("Errors", "Nothing was changed; what you typed is kept."),
        N("Errors", "Merge the two instead, or choose another name."),
    ),
    (K.EMPTY, "name"): texts(
        N("Errors", "A name is missing"),
        N("Errors", "It has no name yet."),
        N("Errors", "Nothing was changed; what you typed is kept."),
        N("Errors", "Write a name, then save again."),
    ),
    (K.EMPTY, "acting_agent"): texts(
        N("Errors", "Who are you?"),
        N("Errors", "A star and following are somebody's own, and nobody is chosen here."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Say who you are in Settings, Agents."),
    ),
    (K.INVALID, "reply_in_doubt"): texts(
        N("Errors", "A reply was not sent"),
        N("Errors", "Something in your reply to {value} needs a second look."),
        N("Errors", "Nothing was sent; your text is kept as a draft."),
        N("Errors", "Open its ticket and send it again: what to look at is said there."),
    ),
    (K.INVALID, "reply_overtaken"): texts(
        N("Errors", "A reply was not sent"),
        N("Errors", "Somebody wrote on or changed the ticket of your reply to {value} meanwhile."),
        N("Errors", "Nothing was sent; your text is kept as a draft."),
        N("Errors", "Open its ticket and send it again: what is new is said there."),
    ),
    (K.INVALID, "recipient"): texts(
        N("Errors", "No address"),
        N("Errors", "“{value}” is no address that a mail can go to."),
        N("Errors", "Nothing was sent; your text is kept."),
        N("Errors", "Correct the address, then do it again."),
    ),
    (K.INVALID, "day"): texts(
        N("Errors", "No date"),
        N("Errors", "“{value}” does not begin with a date."),
        N("Errors", "Nothing was changed; what you typed is kept."),
        N("Errors", "Write it like 2026-02-17 Tết, one day in each line."),
    ),
    (K.EMPTY, "week"): texts(
        N("Errors", "No working day"),
        N("Errors", "No day of the week is worked."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Tick at least one."),
    ),
    (K.INVALID, "own_address"): texts(
        N("Errors", "That is your own mailbox"),
        N("Errors", "“{value}” is a mailbox of this desk: the mail would come back here."),
        N("Errors", "Nothing was sent; your text is kept."),
        N("Errors", "Choose a team, or write another address."),
    ),
    (K.INVALID, "third_party"): texts(
        N("Errors", "That is the customer"),
        N("Errors", "“{value}” is this ticket's customer, and a forward is for somebody else."),
        N("Errors", "Nothing was sent; your text is kept."),
        N("Errors", "Take them out of the recipients, or write to them under Reply."),
    ),
    (K.TOO_LATE, "erase"): texts(
        N("Errors", "Something must be settled first"),
        N("Errors", "A reply or an act in a shop is under way, or a legal hold forbids it."),
        N("Errors", "Nothing was erased."),
        N("Errors", "Settle it, then look at the customer again."),
    ),
    (K.CHANGED_MEANWHILE, "erase"): texts(
        N("Errors", "There is something new"),
        N("Errors", "Since you looked, something of this customer came or went."),
        N("Errors", "Nothing was erased."),
        N("Errors", "Look at what there is now, then do it again."),
    ),
    (K.CHANGED_MEANWHILE, "tag"): texts(
        N("Errors", "Renamed meanwhile"),
        N("Errors", "Somebody else renamed this tag to “{value}” while you had it open."),
        N("Errors", "Their name stands; what you typed is still here."),
        N("Errors", "If it should have your name, close this, open the tag again and save that."),
    ),
    (K.CHANGED_MEANWHILE, "mailbox"): texts(
        N("Errors", "Changed meanwhile"),
        N("Errors", "Somebody else changed the same settings of this mailbox to something else."),
        N("Errors", "Their change stands; what you typed is still here."),
        N("Errors", "To see theirs, close this and open the mailbox again."),
    ),
    (K.TOO_LATE, "customer_merge"): texts(
        N("Errors", "Too late to undo"),
        N("Errors", "The records were merged more than 30 days ago."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Make a new customer for the other person, and move what is theirs."),
    ),
    (K.NO_SECRET, "desk"): texts(
        N("Errors", "Password needed"),
        N("Errors", "The desk's database asks for a password."),
        N("Errors", "What is stored there is untouched."),
        N("Errors", "Start deskapp again to be asked, or write it into the address of the desk."),
    ),
    (K.SIGN_IN_REFUSED, "desk"): texts(
        N("Errors", "Sign-in refused"),
        N("Errors", "The desk's database did not accept the name and password. It said: {said}"),
        N("Errors", "What is stored there is untouched."),
        N(
            "Errors",
            "Type it again. If it is right, it ran out, or your access has ended: ask an admin.",
        ),
    ),
    (K.INVALID, "auto_reply_text"): texts(
        N("Errors", "This text cannot answer by itself"),
        N("Errors", "“{value}” asks or names the agent, or is not for everybody here."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose another text, or take that out of it."),
    ),
}
"""Where a kind says something else for what the Problem is about."""
