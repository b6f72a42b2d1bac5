import {expect, test} from 'vitest';
import {withoutClosingPlea} from '../../../../src/agents/router/words/closing-plea.ts';

test.each([
	['demo goes to 1.5.0 tonight, could you prepare that?', 'demo goes to 1.5.0 tonight.'],
	['demo needs two pods more. Would you please see to it?', 'demo needs two pods more.'],
	['demo에 프로브가 없는 게 있나요? 있으면 이름 부탁드려요.', 'demo에 프로브가 없는 게 있나요?'],
	['demo to 3 - please arrange that', 'demo to 3.'],
])('a plea behind the order says nothing of it: %s', (request, rest) => {
	expect(withoutClosingPlea(request)).toBe(rest);
});

test.each(['could you prepare a namespace?', 'restart demo, could you?', 'demo is down, could you check that?'])(
	'others stay: %s',
	request => {
		expect(withoutClosingPlea(request)).toBe(request);
	},
);
