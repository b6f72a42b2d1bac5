import {expect, test} from 'vitest';
import {onlyShown} from '../../../../src/agents/router/words/only-shown.ts';

test.each([
	['dry run: scale web to 5', 'scale web to 5'],
	['simulate scaling web to 5', 'scale web to 5'],
	['Simulate a restart of web', 'a restart of web'],
	['do a dry-run of deleting rates', 'delete rates'],
	["restart web, but don't apply it", 'restart web'],
	['restart web without applying it', 'restart web'],
	['scale web to 5 (dry run)', 'scale web to 5'],
	['scale web to 5 --dry-run', 'scale web to 5'],
	['show me the plan for restarting web', 'restart web'],
	['just show me the plan to drain node-1', 'drain node-1'],
	['드라이런으로 web 5개로 늘려줘', 'web 5개로 늘려줘'],
	['시뮬레이션: web 5개로', 'web 5개로'],
	['web 5개로 늘리는 계획만 보여줘', 'web 5개로 늘리는 부탁'],
])('%s', (request, order) => expect(onlyShown(request)).toBe(order));

test.each([
	'delete service preview',
	'set MODE=dry-run, then restart web',
	'web 환경변수 MODE=dry-run 으로',
	"suspend nightly, don't run it",
	'point web-preview at the blue pods',
	'publish web as preview.example.com',
	'why did the dry run fail?',
	'web 5개로 늘려줘',
])('an order as it stands: %s', request => expect(onlyShown(request)).toBeUndefined());
