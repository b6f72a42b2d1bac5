import {expect, test} from 'vitest';
import {lineText} from '../../src/core/text/styled.ts';
import {kitchenSink} from '../../src/tui/kitchen-sink.ts';

const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 40, rows: 24},
];

/** `Chat, a question` → `chat-a-question` */
const fileName = (title: string) => title.toLowerCase().replace(/\W+/g, '-');

const titles = kitchenSink({columns: 80, rows: 24}).map(({title}) => title);

test.each(titles)('%s at 120, 80 and 40 columns', async title => {
	const frames = sizes.map(size => {
		const lines = kitchenSink(size).find(screen => screen.title === title)?.lines ?? [];
		return [`${size.columns} columns`, ...lines.map(line => lineText(line).trimEnd())].join('\n');
	});
	await expect(`${frames.join('\n\n')}\n`).toMatchFileSnapshot(`frames/${fileName(title)}.txt`);
});
