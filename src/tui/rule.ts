import {type Line, span} from '../core/text/styled.ts';
import {cutText, textWidth} from '../core/text/text-width.ts';

/** A line across the screen with a title on the left and a remark on the right, where there is room for it. */
export function rule(width: number, title = '', remark = ''): Line {
	const left = title === '' ? '' : `─ ${cutText(title, width - 6)} `;
	const right = remark === '' || textWidth(left) + textWidth(remark) + 6 > width ? '' : ` ${remark} ─`;
	const middle = '─'.repeat(Math.max(0, width - textWidth(left) - textWidth(right)));
	return [span(left === '' ? '' : '─ ', 'dim'), span(left.slice(2), 'strong'), span(`${middle}${right}`, 'dim')];
}
