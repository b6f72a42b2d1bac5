import {expect, test} from 'vitest';
import {wordsOf} from '../../../src/analysis/log-templates/words.ts';

test.each([
	['user 17 from 10.0.0.1:80', 'user <*> from <*>'],
	['generating core.2275', 'generating core.<*>'],
	['block blk_-123 added, blk_7 too', 'block blk_<*> added , blk_<*> too'],
	['object {9f4ef63} and 0x7fed', 'object { <*> } and <*>'],
	['took 900 ms', 'took <*>'],
	['took 1.2 s', 'took <*>'],
	['lifetime <1 sec', 'lifetime <*>'],
	['lifetime 00:12', 'lifetime <*>'],
	['at Fri Jun 17 07:07:00 2005', 'at <*>'],
	['GET /search?q=shoes HTTP/1.1', 'GET <*>'],
	['open C:\\Windows\\x.dll', 'open <*>'],
	['mail to jane@example.com', 'mail to <*>'],
	['ports 1, 2, 3', 'ports <*>'],
	['from 1.2.3.4 () now', 'from <*> ( <*> ) now'],
	['init() ok', 'init ( ) ok'],
	["can't open, allDrawn= false", "can't open , allDrawn = <*>"],
	['enable......0', 'enable ...... <*>'],
	['FF:F2:9F:16 joined', '<*> joined'],
	['da:fe:00:1c:2b:3d joined', '<*> joined'],
	// As it stands, a value may begin with a digit or a letter, or be nothing.
	['pod Uid:4f2c-11,Uid:f2c4-11', 'pod Uid : <*> , Uid : <*>'],
	['at db:5432 and web.local:80', 'at db:<*> and web.local:<*>'],
	['name= age=5 note=', 'name = <*> age = <*> note = <*>'],
	['channel \'\' of ""', 'channel \' <*> \' of " <*> "'],
	['input/output error', 'input/output error'],
	['', ''],
])('replaces the values of %s', (line, words) => {
	expect(wordsOf(line).join(' ')).toBe(words);
});

test('tells which words have a space before them', () => {
	const spaced: boolean[] = [];
	const words = wordsOf('INFO x=5, "a b" at Jul 9 12:00:00 ()', 5, spaced);
	expect(words).toHaveLength(spaced.length);
	expect(words.map((word, index) => (spaced[index] ? ` ${word}` : word)).join('')).toBe(' x=<*>, "a b" at <*> (<*>)');
});
