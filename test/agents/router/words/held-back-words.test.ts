import {describe, expect, test} from 'vitest';
import {isConditional} from '../../../../src/agents/router/words/conditional.ts';
import {doubts} from '../../../../src/agents/router/words/doubts.ts';
import {isPostponed} from '../../../../src/agents/router/words/postponed.ts';

describe('what takes an order back, or is not decided', () => {
	test.each([
		"I'm unsure about deleting charts",
		'never mind the restart of ferry',
		'please call off the scaling of ferry',
		'we should presumably drop charts',
		'apparently we should restart ferry',
		'scale ferry to whatever the crew needs',
		'delete charts, or maybe leave them',
		'scale ferry to 4 or 5',
		'ferry 스케일링은 보류해줘',
		'charts 삭제 안 해도 돼',
		'ferry를 5개로 늘릴지 고민이야',
	])('%s', text => expect(doubts(text)).toBe(true));

	test.each([
		'the pier answers 503, apparently nothing stands behind it. Mend the service.',
		'set ferry to whichever version ran before that',
		'could you restart ferry?',
		'would you please scale ferry to 4?',
		'restart ferry, I hope it helps',
		"we don't need charts any more, delete it",
		'stop ferry for the night',
		'undo the last rollout of ferry',
		"don't touch dock, restart ferry",
		'not dock - restart ferry',
		'ferry 재시작해 줄래요?',
		'ferry를 5개로 늘려주실 수 있을까요?',
		'요청이 몰리니까, ferry를 5개로 늘려줘',
		'3.1.0이 배포됐어. ferry 롤백해줘',
		'왜 그런지 모르겠지만 ferry 재시작해줘',
	])('an order all the same: %s', text => expect(doubts(text)).toBe(false));
});

describe('what is to happen at another time', () => {
	test.each([
		'restart ferry at 23:30',
		'next monday, scale ferry to 5',
		'scale ferry to 5 in half an hour',
		'delete charts after midnight',
		'this weekend drain crane-2',
		'restart ferry at 4',
		'the sale is over: scale ferry to 2 at midnight',
		'drain crane-2 during the night',
		'scale ferry to 5 for two hours',
		'좀 있다가 ferry 재시작해줘',
		'모레 ferry 재시작해줘',
		'30분 후에 ferry 내려줘',
		'밤 11시에 charts 지워줘',
	])('%s', text => expect(isPostponed(text)).toBe(true));

	test.each([
		'scale ferry to 5 for tomorrow',
		'it is 9:30 and traffic peaks at noon: ferry to 5',
		'it crashed at 3am, restart ferry',
		'scale ferry to 5, traffic will be higher tomorrow',
		"before tomorrow's sale scale ferry to 5",
		'give charts another 10Gi. Retention goes up next week.',
		'Sale at noon! ferry up to 9 pods please',
		'the load run begins in ten minutes, I need 8 ferry pods by then',
		'please extend charts to 50Gi before the close at midnight',
		'stop ferry for tonight',
		'오늘 밤만 ferry 내려줘',
		'내일 점검이라 crane-2 코든해줘',
		'내일 행사 때문에 ferry 5개로 늘려줘',
	])('a reason alone: %s', text => expect(isPostponed(text)).toBe(false));
});

describe('what depends on something else', () => {
	test.each([
		'restart ferry as soon as dock is ready',
		'delete charts unless Dana needs them',
		'restart ferry if it crashes',
		'does ferry use the newest tag? If so, restart it',
		'delete charts when done',
		'ferry 배포되면 dock 재시작해줘',
		'메모리가 부족할 경우 ferry 재시작해줘',
	])('%s', text => expect(isConditional(text)).toBe(true));

	test.each([
		'ferry를 5개로 늘렸으면 좋겠어',
		'ferry 재시작해 주시면 감사하겠습니다',
		'restart ferry if possible',
		'restart ferry once more',
		'가능하면 ferry 재시작해줘',
	])('%s: manners', text => expect(isConditional(text)).toBe(false));
});
