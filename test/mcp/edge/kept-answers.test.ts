import {expect, test} from 'vitest';
import {keptAnswers} from '../../../src/mcp/edge/kept-answers.ts';
import {manualClock} from '../../support/manual-clock.ts';

const text = Array.from({length: 4000}, (_, index) => `line ${index}\n`).join('');

/** Every page from an address on. */
function pagesFrom(kept: ReturnType<typeof keptAnswers>, uri: string | undefined): readonly string[] {
	const pages: string[] = [];
	for (let next = uri; next !== undefined; ) {
		const page = kept.read('dana', next);
		pages.push(page?.text ?? 'nothing');
		next = page?.next;
	}
	return pages;
}

test('the rest of an answer is read page by page, at ends of lines, and nothing is lost', () => {
	const kept = keptAnswers(manualClock().now);
	const pages = pagesFrom(kept, kept.keep('dana', text, 100));
	expect(pages.length).toBeGreaterThan(2);
	expect(pages.every(page => page.length <= 16_000 && page.endsWith('\n'))).toBe(true);
	expect(pages.join('')).toBe(text.slice(100));
});

test('a line longer than a page is cut, but no character of it', () => {
	const kept = keptAnswers(manualClock().now);
	const emoji = `a${'🧁'.repeat(20_000)}`;
	const pages = pagesFrom(kept, kept.keep('dana', emoji, 0));
	expect(pages.join('')).toBe(emoji);
	expect(pages.every(page => page.isWellFormed())).toBe(true);
});

test.each(['mkcoa://answers/unknown/0', 'mkcoa://answers/../0', 'file:///etc/passwd', 'mkcoa://answers//0', ''])('nothing is at %s', uri =>
	expect(keptAnswers(manualClock().now).read('dana', uri)).toBeUndefined(),
);

test('an answer is for the one who asked, and for a quarter of an hour', async () => {
	const clock = manualClock();
	const kept = keptAnswers(clock.now);
	const uri = kept.keep('dana', text, 0) ?? '';
	expect(kept.read('eve', uri)).toBeUndefined();
	await clock.advance(15 * 60_000);
	expect(kept.read('dana', uri)?.text).toMatch(/^line 0/);
	await clock.advance(1);
	expect(kept.read('dana', uri)).toBeUndefined();
});

test('of too many answers the oldest are given up, and one that is too large is not kept', () => {
	const kept = keptAnswers(manualClock().now);
	const large = 'x'.repeat(6_000_000);
	const uris = ['1', '2', '3'].map(name => kept.keep('dana', `${name}${large}`, 0) ?? '');
	expect(uris.map(uri => kept.read('dana', uri)?.text[0])).toEqual([undefined, '2', '3']);
	expect(kept.keep('dana', large.repeat(3), 0)).toBeUndefined();
});
