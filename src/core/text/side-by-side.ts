import {beside} from './beside.ts';
import {type DiffLine, lineDiff} from './line-diff.ts';
import {hanging, type Line, span} from './styled.ts';

const gap = ' │ ';

/** What goes and what comes in its place, or a line that stays. */
type Pair = {readonly left: readonly string[]; readonly right: readonly string[]; readonly stays: boolean};

/** Each run of lines that go with the run that comes for it. */
function pairs(lines: readonly DiffLine[]): readonly Pair[] {
	const found: {left: string[]; right: string[]; stays: boolean}[] = [];
	for (const {sign, text} of lines) {
		const last = found.at(-1);
		if (sign === ' ') found.push({left: [text], right: [text], stays: true});
		else {
			// What goes after something came begins another pair.
			const open = last === undefined || last.stays || (sign === '-' && last.right.length > 0) ? {left: [], right: [], stays: false} : last;
			if (open !== last) found.push(open);
			(sign === '-' ? open.left : open.right).push(text);
		}
	}
	return found;
}

function sideLines(texts: readonly string[], sign: '-' | '+' | ' ', width: number): readonly Line[] {
	const tone = sign === '-' ? 'bad' : sign === '+' ? 'good' : 'dim';
	return texts.flatMap(text => hanging([span(`${sign} `, tone)], text, {width, tone}));
}

/**
 * Two lists of lines next to each other, what differs in the same rows:
 *
 *     - image: web:1.42   │ + image: web:1.43
 *       replicas: 3       │   replicas: 3
 */
export function sideBySide(before: readonly string[], after: readonly string[], width: number): readonly Line[] {
	const half = Math.max(1, Math.floor((width - gap.length) / 2));
	return pairs(lineDiff(before, after)).flatMap(({left, right, stays}) =>
		beside(sideLines(left, stays ? ' ' : '-', half), sideLines(right, stays ? ' ' : '+', half), half, gap),
	);
}
