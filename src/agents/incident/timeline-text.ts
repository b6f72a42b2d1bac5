import {type Ref, refKey, refText} from '../../core/kube/kube-object.ts';
import {age, sinceText} from '../../core/text/age.ts';
import {count} from '../../core/text/count.ts';
import {textLines} from '../../core/text/styled.ts';
import {padText} from '../../core/text/text-width.ts';
import {uncheckedLines} from '../../core/text/unchecked-lines.ts';
import type {View} from '../../core/tool.ts';
import type {Timeline} from './timeline-output.ts';

type Happening = Timeline['happenings'][number];

/** `·` marks what happened around it. */
const sign = ({around, bad}: Happening) => (around ? '·' : bad ? '!' : '-');

function often({count: times, others, at, until}: Happening): string {
	const spanMs = until === undefined ? 0 : Date.parse(until) - Date.parse(at);
	return times === others + 1 ? '' : `${times} times${spanMs < 1000 ? '' : ` within ${age(spanMs)}`}, `;
}

/** To what it happened, where it is not the object itself. */
function placeOf({ref, others}: Happening, target: Ref): string {
	if (refKey(ref) === refKey(target)) return '';
	const name = refText(ref.namespace === target.namespace ? {...ref, namespace: undefined} : ref);
	return `${name}${others === 0 ? '' : ` and ${others} more`}: `;
}

/** One happening: when, to what, and what. */
function happeningLines(happening: Happening, target: Ref, view: View): readonly string[] {
	const time = view.terminal ? `${padText(sinceText(happening.at, view), 4)} ` : `${happening.at} `;
	return textLines(`${time}${sign(happening)} `, `${placeOf(happening, target)}${often(happening)}${happening.text}`, view);
}

/** What happened, newest last. */
export function timelineText({target, since, happenings, leftOut, notChecked}: Timeline, view: View): string {
	const ago = view.terminal ? `in the last ${age(view.nowMs - Date.parse(since))}` : `since ${since}`;
	const head =
		happenings.length === 0
			? `Nothing is known to have happened to ${refText(target)} ${ago}`
			: `What happened to ${refText(target)} and around it (·) ${ago}`;
	return [
		...textLines('', head, view),
		...(leftOut === 0 ? [] : textLines('', `${count(leftOut, 'earlier thing')} left out: look further back with --since`, view)),
		...(happenings.length === 0 ? [] : ['']),
		...happenings.flatMap(each => happeningLines(each, target, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
