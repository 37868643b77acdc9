//! How the places of the race changed hands week by week.

use maud::Markup;

use super::bump::{Course, bump};
use super::figure::Figure;
use super::race::weekly;
use super::{Page, rows};
use crate::table::{Language, words};

/// So many members can be told apart.
const MOST: usize = 10;

/// The places by the people added up to each week. Members who added equally many stand as in the week after, in the
/// last week by name, so that places change only in a week in which somebody was added.
pub(super) fn figure(page: &Page<'_>) -> Option<Markup> {
    let (periods, series) = weekly(page)?;
    let mut sums: Vec<(String, Vec<f64>)> = series
        .into_iter()
        .filter(|(_, values)| values.iter().any(Option::is_some))
        .map(|(member, values)| {
            let mut sum = 0.0;
            let mut add = |value: Option<f64>| {
                sum += value.unwrap_or(0.0);
                sum
            };
            (page.name(&member).to_owned(), values.into_iter().map(&mut add).collect())
        })
        .collect();
    if periods.len() < 2 || sums.len() < 2 {
        return None;
    }
    let mut places = vec![Vec::new(); sums.len()];
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by(|one, other| sums[*one].0.cmp(&sums[*other].0));
    for week in (0..periods.len()).rev() {
        // Equal ones keep their order.
        order.sort_by(|one, other| sums[*other].1[week].total_cmp(&sums[*one].1[week]));
        order.iter().enumerate().for_each(|(place, member)| places[*member].push(place + 1));
    }
    for of in &mut places {
        of.reverse();
    }
    let since = (1..periods.len()).rev().find(|week| places.iter().any(|of| of[*week] != of[*week - 1]));
    let changes: usize = places.iter().map(|of| of.windows(2).filter(|pair| pair[0] > pair[1]).count()).sum();
    let mut courses: Vec<Course> =
        sums.drain(..).zip(places).map(|((label, _), places)| Course { label, places, class: "" }).collect();
    courses.sort_by_key(|course| course.places.last().copied());
    let all = courses.len();
    courses.truncate(MOST);
    // Who is left out takes no room: the places of those who are shown are counted among them.
    close_ranks(&mut courses);
    courses.first_mut()?.class = "strong";
    let times = match (page.language, changes) {
        (Language::English, 1) => "Somebody moved up once".to_owned(),
        (Language::German, 1) => "Einmal rückte jemand auf".to_owned(),
        (Language::English, _) => format!("Somebody moved up {changes} times"),
        (Language::German, _) => format!("{changes} Mal rückte jemand auf"),
    };
    let title = match (page.language, since) {
        (Language::English, None) => "The order was the same in every week".to_owned(),
        (Language::German, None) => "Die Reihenfolge war in jeder Woche dieselbe".to_owned(),
        (Language::English, Some(week)) if week + 1 < periods.len() => {
            format!("{times}; since {} the order is the same", periods[week])
        }
        (Language::German, Some(week)) if week + 1 < periods.len() => {
            format!("{times}; seit {} ist die Reihenfolge dieselbe", periods[week])
        }
        (Language::English, Some(_)) => format!("{times}, the last time in the last week"),
        (Language::German, Some(_)) => format!("{times}, zuletzt in der letzten Woche"),
    };
    let how = page.say(words(
        "Places by all people added up to the end of each week, the first at the top; at most ten members",
        "Plätze nach allen bis zum Ende der Woche neuen Menschen, der erste oben; höchstens zehn Mitglieder",
    ));
    let headings: Vec<String> = std::iter::once(page.say(words("Member", "Mitglied")).to_owned())
        .chain(periods.iter().cloned())
        .collect();
    let cells: Vec<Vec<rows::Cell>> = courses
        .iter()
        .map(|course| {
            let places = course.places.iter().map(|place| (place.to_string(), true));
            std::iter::once((course.label.clone(), false)).chain(places).collect()
        })
        .collect();
    let told: Vec<String> = courses
        .iter()
        .filter_map(|course| Some(format!("{}: {}", course.label, course.places.last()?)))
        .collect();
    let figure = Figure {
        id: "race-places",
        title,
        how: how.to_owned(),
        told: told.join("; "),
        numbers: rows::grid(page, &headings, &cells, all, &rows::file("growth")),
    };
    Some(figure.draw(page, |width| bump(&courses, &periods, width)))
}

/// Counts places among those who are shown only.
fn close_ranks(courses: &mut [Course]) {
    let weeks = courses.first().map_or(0, |course| course.places.len());
    for week in 0..weeks {
        let mut taken: Vec<usize> = courses.iter().map(|course| course.places[week]).collect();
        taken.sort_unstable();
        for course in courses.iter_mut() {
            course.places[week] = taken.partition_point(|place| *place < course.places[week]) + 1;
        }
    }
}
