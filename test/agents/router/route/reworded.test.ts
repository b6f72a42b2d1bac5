import {expect, test} from 'vitest';
import {reworded} from '../../../../src/agents/router/route/reworded.ts';

test.each([
	['scale web in shop to 5', 'too many, use 4 instead', 'scale web in shop to 4'],
	['scale web to 5', '4 not 5', 'scale web to 4'],
	['scale web by 50%', 'only 25% please', 'scale web by 25%'],
	['set the cpu request of web to 300m', '250m is enough', 'set the cpu request of web to 250m'],
	['give web 300m cpu and 1Gi memory', 'memory 512Mi', 'give web 300m cpu and 512Mi memory'],
	['update web to registry.example/shop/web:1.5.0', '1.4.9 first', 'update web to registry.example/shop/web:1.4.9'],
	['update web to 1.5.0', '1.4.9 first', 'update web to 1.4.9'],
	['shop의 web을 5개로 늘려줘', '너무 많아, 4개로', 'shop의 web을 4개로 늘려줘'],
	['scale web to 5', 'scale api to 2 instead', 'scale api to 2 instead'],
	['restart web', 'scale it to 4', 'scale it to 4'],
	['set the cpu request of web to 300m', 'set it to 250m', 'set the cpu request of web to 250m'],
])('%j, refused with %j, is %j', (request, words, wanted) => {
	expect(reworded(request, words)).toBe(wanted);
});

test.each([
	['scale web to 5', 'not during the sale'],
	['scale web to 5', ''],
	['scale web to 5', '250m is enough'],
	['scale web to 5 and api to 6', 'use 4'],
	['scale web-5 to 3 and then to 5', '4'],
])('%j, refused with %j, is not said otherwise', (request, words) => {
	expect(reworded(request, words)).toBeUndefined();
});
