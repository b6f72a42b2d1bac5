import {expect, test} from 'vitest';
import {passiveOrders} from '../../../../src/agents/router/words/passive-orders.ts';

test.each([
	[
		'web to image 1.2.0 with 3 replicas, mail restarted, node-1 open for scheduling again',
		'web to image 1.2.0 and scale it to 3 replicas, restart mail, uncordon node-1',
	],
	['mail restarted, node-1 cordoned', 'mail restarted, node-1 cordoned'],
	['could we have the lamp claim resized to 20Gi?', 'resize the lamp claim to 20Gi'],
	["I'd like to see the lamp deployment restarted", 'restart the lamp deployment'],
	['can I get lamp scaled to 4, please?', 'scale lamp to 4'],
	['crane-1 gets cordoned and cronjob tides is suspended.', 'cordon crane-1 and suspend cronjob tides.'],
	['ferry goes to 3.2.0, the old map is deleted, and lights is restarted', 'ferry goes to 3.2.0, delete the old map, and restart lights'],
	['ferry goes to 3.2.0 with 4 replicas', 'ferry goes to 3.2.0 and scale it to 4 replicas'],
])('%s: %s', (request, orders) => {
	expect(passiveOrders(request)).toBe(orders);
});

test.each(['tides is suspended, resume it', 'restart ferry, lights is restarted every night', 'which pods are deleted?'])(
	'%s only tells how things stand',
	request => {
		expect(passiveOrders(request)).toBe(request);
	},
);
