//! Shapes: which letters a text has, as bits, so that texts far apart are told by three numbers each.

/// Which letters a text has once and more than once, and how long it is: enough to see that texts are far apart.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape {
    pub(super) once: u32,
    pub(super) again: u32,
    pub(super) len: u32,
}

impl Shape {
    pub(super) fn of(text: &str) -> Shape {
        let mut shape = Shape { once: 0, again: 0, len: text.len() as u32 };
        for byte in text.bytes() {
            let letter = 1 << (byte & 31);
            shape.again |= shape.once & letter;
            shape.once |= letter;
        }
        shape
    }

    /// False only if the texts are more than `most` letters changed, left out, added or swapped apart: each
    /// takes at most one letter away and brings one in.
    #[inline]
    pub(super) fn may_slip(self, other: Shape, most: u32) -> bool {
        let differing = (self.once ^ other.once).count_ones() + (self.again ^ other.again).count_ones();
        self.len.abs_diff(other.len) <= most && differing <= 2 * most
    }

    /// False only if neither text begins with the other.
    #[inline]
    pub(super) fn may_begin(self, other: Shape) -> bool {
        let (once, again) = (self.once & other.once, self.again & other.again);
        (once, again) == (self.once, self.again) || (once, again) == (other.once, other.again)
    }
}
