/** English words of the closed classes: they join a sentence and are nobody's name. */
const joints = new Set(
	`a an the and or not no nor of to in on at by for from with without as is are was were be been has have had will can cannot may must this
	that it its into over under than then if when while due after before out up down off via per any all none`.split(/\s+/),
);

/** A word that a statement says itself, not one that it tells about: a state (`SCREEN_ON`), a deed (`Started`, `waiting`), a joint (`from`). */
export const isSaid = (word: string): boolean =>
	/^[A-Z][A-Z_]+$/.test(word.slice(word.lastIndexOf('.') + 1)) ||
	(word.length > 4 && /(?:ed|ing)\.?$/.test(word)) ||
	joints.has(word.toLowerCase());

/** A dotted name: `org.apache.Foo`, `db.example.com`. */
export const isDotted = (word: string): boolean => /[a-z]\.\/?[a-z]/i.test(word);
