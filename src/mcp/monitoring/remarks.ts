import {count} from '../../core/text/count.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {textLines} from '../../core/text/styled.ts';
import type {View} from '../../core/tool.ts';
import type {Answered} from './port.ts';

const mostWarnings = 5;
const mostLetters = 300;

type Told = {readonly leftOut: number; readonly partial: boolean; readonly warnings: readonly string[]};

/** What a server said beside its answer, as an answer tells it. */
export const toldRemarks = ({warnings, infos, partial, cut}: Omit<Answered<unknown>, 'value'>, shown: number, there: number) => ({
	leftOut: Math.max(0, (cut?.of ?? there) - shown),
	partial: partial || (cut !== undefined && cut.of === undefined),
	warnings: [...warnings, ...infos].slice(0, mostWarnings).map(text => shortLine(text, mostLetters)),
});

/** Lines below an answer. What the server itself says stands apart, as its words. */
export const remarkLines = ({leftOut, partial, warnings}: Told, view: View): readonly string[] => [
	...(leftOut > 0 ? textLines('', `${count(leftOut, 'row')} more: --limit shows more`, view) : []),
	...(partial ? textLines('', 'A part of it did not answer, or was cut: there may be more', view) : []),
	...warnings.flatMap(text => textLines('  ', `it says: ${text}`, view)),
];
