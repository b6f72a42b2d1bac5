import {expect, test} from 'vitest';
import {isDenied} from '../../../../src/agents/router/words/denied.ts';

test.each([
	'close node-1, but no drain',
	'node-1 needs a cordon. Draining comes later, not now.',
	'no new pods there, under no circumstances drain it',
	'we do not want it drained',
	'cordon node-1 (a drain is not wanted)',
	"don't you dare drain node-1",
	'cordon node-1 instead of draining it',
	'node-1 코든해줘. 드레인은 하지 마시고요',
	'드레인 말고 코든만',
	'드레인하면 안 됩니다',
	'node-1 드레인은 아직 안 돼요',
	'드레인 없이 닫아줘',
])('%s: no drain', text => expect(isDenied(text, /drain|드레인/)).toBe(true));

test.each([
	'drain node-1',
	'drain node-1, not node-2',
	'node-1 is not healthy, drain it',
	"don't wait and drain node-1",
	'do not hesitate to drain node-1',
	'instead of node-2 drain node-1',
	'rather than draining node-2 drain node-1',
	"don't drain node-2, drain node-1",
	'node-1 드레인해줘',
	'node-2는 드레인하지 말고 node-1을 드레인해줘',
	'node-1이 안 좋아요. 드레인 부탁드립니다',
	'close node-1',
])('%s: says nothing against it', text => expect(isDenied(text, /drain|드레인/)).toBe(false));
