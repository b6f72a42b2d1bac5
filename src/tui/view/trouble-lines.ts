import {age} from '../../core/text/age.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';

/** Data that are read again and again: when that worked the last time, and why it does not now. */
type Reread = {readonly readAt?: number | undefined; readonly trouble?: string | undefined};

/** That what is shown is not what is there now. */
export const troubleLines = ({readAt, trouble}: Reread, width: number, now: number): readonly Line[] =>
	trouble === undefined
		? []
		: hanging([span('! ', 'warn')], `${readAt === undefined ? '' : `Read ${age(now - readAt)} ago, and not since: `}${trouble}`, {
				width,
				tone: 'warn',
			});
