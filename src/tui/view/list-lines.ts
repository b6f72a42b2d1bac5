import {emptyLine, hanging, indented, type Line, span} from '../../core/text/styled.ts';
import type {List} from './list-view.ts';

/** The parts of a list that are told as lines, where a screen reads them aloud or nothing moves. */
type Told<Data, Row> = Pick<List<Data, Row, never>, 'title' | 'head' | 'rows' | 'section' | 'empty'> & {
	/** All that is told of a row. */
	readonly told: (row: Row, width: number, now: number) => readonly Line[];
};

/** A list in its first order as lines, once: title, facts, and every row under its heading. */
export const listLines =
	<Data, Row>({title, head, rows, section, empty, told}: Told<Data, Row>) =>
	(data: Data, width: number, now: number): readonly Line[] => {
		const groups = [...Map.groupBy(rows(data, 0), row => section?.(row) ?? '')];
		const body = groups.flatMap(([name, list]) => [
			emptyLine,
			...(name === '' ? [] : hanging([], name, {width, tone: 'strong'})),
			...list.flatMap((row, index) => [...(index === 0 ? [] : [emptyLine]), ...indented(told(row, width - 2, now), 2)]),
		]);
		const none = empty(data);
		return [
			...hanging([], title(data), {width, tone: 'strong'}),
			...(head?.(data, width, now) ?? []),
			...(body.length > 0 || none === '' ? body : [[span(none)]]),
		];
	};
