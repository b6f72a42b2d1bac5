/** A difference that is known and not worth imitating. The report shows them, and they do not count. */
export type Accepted = {
	readonly row: string;
	readonly path: RegExp;
	/** Where the two texts may part; up to there they must agree. */
	readonly from: RegExp;
	readonly reason: string;
};

const goStructures = 'the message goes on with the Go structure of the object, every field that is nil included; nobody reads it';

export const accepted: readonly Accepted[] = [
	{row: 'immutable pod', path: /\bmessage$/, from: /\n/, reason: goStructures},
	{row: 'job template is immutable', path: /\bmessage$/, from: /Invalid value: /, reason: goStructures},
];
