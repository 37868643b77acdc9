//! Who writes to whom in a LinkedIn mailbox: finds its owner, who occurs in every conversation.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Output;
use super::linkedin_messages::Message;
use crate::problem::Problem;
use crate::record::{Cells, Field, Role};

/// The owner occurs in at least this share of all messages: one half.
const LEAST_SHARE: u64 = 2;

/// All messages of a file, counted by who takes part.
pub(super) struct Correspondence {
    /// Whether the file tells the profiles of recipients.
    by_profile: bool,
    messages: u64,
    /// Number of the party in `parties`, by its address as it stands.
    numbers: FxHashMap<String, u32>,
    /// The same, by [`profile_key`].
    keys: FxHashMap<String, u32>,
    parties: Vec<Party>,
    /// By a part of a name between commas; for files that tell recipients by name only.
    names: FxHashMap<String, u64>,
    /// Who wrote in a conversation; for files that tell recipients by name only.
    senders: FxHashMap<String, Vec<u32>>,
    owner: Option<Owner>,
}

#[derive(Default)]
struct Party {
    /// Messages in which it takes part.
    messages: u64,
    /// Messages that only the owner writes or gets: drafts, advertisements.
    own: u64,
    url: String,
    /// Its name where it is a sender.
    name: String,
    /// Line of its first message.
    line: u32,
    /// Number of the last message it was counted in.
    counted: u64,
}

struct Owner {
    /// Its number among the parties, where its profile is known.
    number: Option<u32>,
    names: Vec<String>,
}

impl Correspondence {
    pub(super) fn new(by_profile: bool) -> Correspondence {
        Correspondence {
            by_profile,
            messages: 0,
            numbers: FxHashMap::default(),
            keys: FxHashMap::default(),
            parties: Vec::new(),
            names: FxHashMap::default(),
            senders: FxHashMap::default(),
            owner: None,
        }
    }

    /// Counts a message.
    pub(super) fn add(&mut self, message: &Message<'_>) {
        self.messages += 1;
        if !message.sender.is_empty() {
            let sender = self.count(message.sender, message.line, message.draft);
            if self.parties[sender as usize].name.is_empty() {
                message.from.clone_into(&mut self.parties[sender as usize].name);
            }
            if !self.by_profile {
                let senders = self.senders.entry(message.conversation.to_string()).or_default();
                // Two beside the owner are as good as many.
                if senders.len() < 3 && !senders.contains(&sender) {
                    senders.push(sender);
                }
            }
        }
        let alone = message.sender.is_empty() && message.recipient_urls().nth(1).is_none();
        for url in message.recipient_urls() {
            self.count(url, message.line, alone);
        }
        if !self.by_profile {
            let parts: FxHashSet<&str> = parts(message.from).chain(parts(message.to)).collect();
            for part in parts {
                *self.names.entry(part.to_string()).or_default() += 1;
            }
        }
    }

    /// Counts a party of the message that is being added, once, and gives its number.
    fn count(&mut self, url: &str, line: u32, own: bool) -> u32 {
        let number = self.number(url).unwrap_or_else(|| {
            let next = self.parties.len() as u32;
            let number = *self.keys.entry(profile_key(url)).or_insert(next);
            if number == next {
                self.parties.push(Party { url: url.to_string(), line, ..Party::default() });
            }
            self.numbers.insert(url.to_string(), number);
            number
        });
        let party = &mut self.parties[number as usize];
        if party.counted != self.messages {
            party.counted = self.messages;
            party.messages += 1;
        }
        party.own += u64::from(own);
        number
    }

    /// The number of a party by its profile address.
    pub(super) fn number(&self, url: &str) -> Option<u32> {
        self.numbers.get(url).copied()
    }

    /// Finds the owner when all messages are counted.
    pub(super) fn close(mut self) -> Correspondence {
        self.owner = if self.by_profile { self.owner_by_profile() } else { self.owner_by_name() };
        self
    }

    fn owner_by_profile(&self) -> Option<Owner> {
        let weight = |party: &Party| (party.messages, party.own);
        let most = self.parties.iter().map(weight).max()?;
        let mut best = (0u32..).zip(&self.parties).filter(|(_, party)| weight(party) == most);
        let (number, party) = best.next()?;
        if best.next().is_some() || most.0.saturating_mul(LEAST_SHARE) < self.messages {
            return None;
        }
        let names = if party.name.is_empty() { Vec::new() } else { vec![party.name.clone()] };
        Some(Owner { number: Some(number), names })
    }

    /// The owner is whose name stands in all messages, as sender or recipient; a name with credentials
    /// falls into several parts that do.
    fn owner_by_name(&self) -> Option<Owner> {
        let most = *self.names.values().max()?;
        if most.saturating_mul(LEAST_SHARE) < self.messages {
            return None;
        }
        let mut names: Vec<String> =
            self.names.iter().filter(|(_, count)| **count == most).map(|(name, _)| name.clone()).collect();
        names.sort();
        let mut found = (0u32..).zip(&self.parties).filter(|(_, party)| holds_all(&party.name, &names));
        match (found.next(), found.next()) {
            (Some((number, _)), None) => Some(Owner { number: Some(number), names }),
            (None, _) if names.len() == 1 => Some(Owner { number: None, names }),
            _ => None,
        }
    }

    /// Whether it is clear whose mailbox this is.
    pub(super) fn owner_known(&self) -> bool {
        self.owner.is_some()
    }

    /// Whether a profile address is the owner's.
    pub(super) fn is_owner(&self, url: &str) -> bool {
        self.owner.as_ref().is_some_and(|owner| owner.number.is_some() && owner.number == self.number(url))
    }

    /// Whether the owner wrote the message.
    pub(super) fn is_from_owner(&self, message: &Message<'_>) -> bool {
        let Some(owner) = &self.owner else { return false };
        if self.by_profile && !message.sender.is_empty() {
            return self.is_owner(message.sender);
        }
        !owner.names.is_empty() && (self.is_owner(message.sender) || holds_all(message.from, &owner.names))
    }

    /// Whether every recipient is the owner.
    pub(super) fn is_to_owner_only(&self, message: &Message<'_>) -> bool {
        let mut urls = message.recipient_urls().peekable();
        urls.peek().is_some() && urls.all(|url| self.is_owner(url))
    }

    /// Profile and name of the only other person who ever wrote in the conversation: whom a message of the
    /// owner went to, where the file does not tell the profiles of recipients.
    pub(super) fn only_partner(&self, message: &Message<'_>) -> Option<(&str, &str)> {
        let owner = self.owner.as_ref()?.number;
        let senders = self.senders.get(message.conversation)?;
        let mut others = senders.iter().filter(|number| Some(**number) != owner);
        let party = self.parties.get(*others.next()? as usize)?;
        others.next().is_none().then_some((party.url.as_str(), party.name.as_str()))
    }

    /// Remembers the owner, or says that nobody could be told to be it.
    pub(super) fn tell(&self, out: &mut Output) {
        let party = |owner: &Owner| self.parties.get(owner.number? as usize);
        match &self.owner {
            Some(owner) => {
                if let Some(party) = party(owner) {
                    let mut cells = Cells::new();
                    cells.push(Field::Url, &party.url);
                    cells.push(Field::Name, &party.name);
                    out.keep_further(party.line, Role::Owner, &cells);
                }
            }
            None if self.messages == 0 => {}
            None => {
                let what = "Whose mailbox this is cannot be told from it; everybody in a message counts as touched, \
                            without a direction. Add Connections.csv and Invitations.csv of the same export.";
                out.warn(Problem::new(0, "mailbox-owner-unknown", what));
            }
        }
    }
}

/// The parts of a list of names, which are joined as credentials are: by a comma.
fn parts(names: &str) -> impl Iterator<Item = &str> {
    names.split(", ").map(str::trim).filter(|part| !part.is_empty() && *part != "LinkedIn Member")
}

fn holds_all(name: &str, wanted: &[String]) -> bool {
    wanted.iter().all(|part| parts(name).any(|have| have == part))
}

/// A profile address as a key: without scheme, `www`, query and final slash, in lower case.
pub(super) fn profile_key(url: &str) -> String {
    let url = url.trim().split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let path = url.split_once("/in/").map_or(url.as_str(), |(_, slug)| slug);
    path.trim_end_matches('/').to_string()
}
