import {expect, test} from 'vitest';
import {nameToType} from '../../src/core/name-to-type.ts';
import type {Situation} from '../../src/tui/keys.ts';
import {edited, firstReview, type Review, reduceReview, rehearsed} from '../../src/tui/review-state.ts';
import {deletionPlan, samplePlan} from '../../src/tui/sample-plan.ts';

const two: Situation = {listed: 2, scrollMax: 10, page: 4};
const final: Situation = {...two, nameToType: '주문-데이터'};

const after = (keys: readonly string[], situation: Situation): Review =>
	keys.reduce<Review>(
		(review, key) => reduceReview(review, {name: key, text: key.length > 1 && /^[a-z+]+$/.test(key) ? '' : key}, situation),
		firstReview,
	);

const no = (feedback = '') => ({state: 'answered', decision: {kind: 'reject', feedback}});
const yes = {state: 'answered', decision: {kind: 'approve'}};

test.each([
	['y', yes],
	['n', no()],
	['q', no()],
	['enter', no()],
	['escape', no()],
	['ctrl+c', no()],
	['ctrl+d', no()],
])('%s while reading is %j', (key, expected) => {
	expect(after([key], two)).toEqual(expected);
});

test.each(['x', 'Y', 'yes', 'y\r', 'ctrl+y', 'tab', ''])('%j is no answer', key => {
	expect(after([key], two)).toEqual(firstReview);
});

test.each([
	[['down'], {selected: 1, scroll: 0}],
	[['down', 'down'], {selected: 1, scroll: 0}],
	[['j', 'k'], {selected: 0, scroll: 0}],
	[['up'], {selected: 0, scroll: 0}],
	[[' '], {selected: 0, scroll: 4}],
	[[' ', ' ', ' '], {selected: 0, scroll: 10}],
	[['pagedown', 'pageup'], {selected: 0, scroll: 0}],
	[[' ', 'down'], {selected: 1, scroll: 0}],
])('%j moves to %j', (keys, place) => {
	expect(after(keys, two)).toMatchObject({state: 'reading', ...place});
});

test.each([
	['rtoo many', {state: 'typing-feedback', typed: 'too many'}],
	['rtoo many\r', no('too many')],
	['jjj', {state: 'reading', selected: 1}],
])('%j in one piece is each of its keys', (keys, expected) => {
	expect(reduceReview(firstReview, {name: keys, text: keys}, two)).toMatchObject(expected);
});

test('Enter that arrives with the last words ends them', () => {
	expect(reduceReview(after(['r'], two), {name: 'use 4\r', text: 'use 4\r'}, two)).toEqual(no('use 4'));
});

test('Enter that arrives with a name is no yes', () => {
	const typing = after(['y'], final);
	expect(reduceReview(typing, {name: '', text: '주문-데이터\r'}, final)).toMatchObject({state: 'typing-name'});
});

test('arrows scroll by a line where one resource changes', () => {
	expect(after(['down', 'down', 'up'], {...two, listed: 1})).toMatchObject({scroll: 1});
});

test('arrows do nothing where all is on the screen', () => {
	expect(after(['down', ' '], {listed: 1, scrollMax: 0, page: 9})).toEqual(firstReview);
});

test('? shows the keys, and a yes over them only goes back to the plan', () => {
	expect(after(['?'], two)).toMatchObject({help: true});
	expect(after(['?', 'y'], two)).toEqual(firstReview);
	expect(after(['?', 'n'], two)).toEqual(no());
});

test.each([
	[['r', 'bad', ' ', '이미지', 'enter'], no(' 이미지'.trim())],
	[['r', 'A', 'B', 'backspace', 'enter'], no('A')],
	[['r', 'enter'], no()],
	[['r', 'A', 'escape'], no()],
	[['r', 'A', 'ctrl+c'], no()],
])('%j answers %j', (keys, expected) => {
	expect(after(keys, two)).toEqual(expected);
});

test('y while typing words is a letter', () => {
	expect(after(['r', 'y'], two)).toMatchObject({state: 'typing-feedback', typed: 'y'});
});

test.each([
	['the exact name approves', ['y', '주문-데이터', 'enter'], yes],
	['the name letter by letter approves', ['y', ...'주문-데이터', 'enter'], yes],
	['the name in decomposed letters approves', ['y', '주문-데이터'.normalize('NFD'), 'enter'], yes],
	['no name is a no', ['y', 'enter'], no()],
	['Escape is a no', ['y', '주문-데이터', 'escape'], no()],
	['Ctrl-C is a no', ['y', '주문-데이터', 'ctrl+c'], no()],
])('before what cannot be undone: %s', (_, keys, expected) => {
	expect(after(keys, final)).toEqual(expected);
});

test('a wrong name is told and can be corrected', () => {
	const wrong = after(['y', '주문', 'enter'], final);
	expect(wrong).toMatchObject({state: 'typing-name', typed: '주문', isWrong: true});
	expect(after(['y', '주문', 'enter', '-데이터', 'enter'], final)).toEqual(yes);
});

test('a second y is a letter of the name, not a yes', () => {
	expect(after(['y', 'y', 'enter'], final)).toMatchObject({state: 'typing-name', isWrong: true});
});

test('an answer stays', () => {
	expect(after(['n', 'y'], two)).toEqual(no());
});

test('the name to type is that of what is deleted', () => {
	expect([nameToType(deletionPlan), nameToType(samplePlan)]).toEqual(['주문-데이터', undefined]);
});

test('of a call of somebody else’s server it is that of the tool: no object of the cluster is touched', () => {
	const steps = [{title: 'Call put of shelf with {}', writes: [], outside: true as const}];
	expect(nameToType({...deletionPlan, tool: 'shelf_put', steps, changes: []})).toBe('shelf_put');
});

test('no name is typed for what another command takes back', () => {
	expect(nameToType({...deletionPlan, undo: {possible: false, contrary: true, how: 'mkcoa deploy resume web'}})).toBeUndefined();
});

test('a name with escapes can still be typed', () => {
	const [change] = deletionPlan.changes;
	if (change === undefined) throw new Error('there is a change');
	const forged = {...deletionPlan, changes: [{...change, ref: {...change.ref, name: 'a\u001B[2Kb'}}]};
	expect(nameToType(forged)).toBe('ab');
});

const offering: Situation = {...two, offers: {rehearse: true, edit: true}};

test('t rehearses, and what it said stands above the plan until it is answered', () => {
	const rehearsing = after(['down', 't'], offering);
	expect(rehearsing).toMatchObject({state: 'rehearsing', selected: 1});
	const back = rehearsed(rehearsing, '3 of 3 pods were ready');
	expect(back).toEqual({state: 'reading', selected: 1, scroll: 0, help: false, rehearsal: '3 of 3 pods were ready'});
	expect(reduceReview(back, {name: 'r', text: 'r'}, offering)).toMatchObject({
		state: 'typing-feedback',
		rehearsal: '3 of 3 pods were ready',
	});
});

test.each(['t', 'e'])('while %s works no key is a yes, and Escape is a no', key => {
	expect(after([key, 'y'], offering)).toEqual(after([key], offering));
	expect(after([key, 'escape'], offering)).toEqual(no());
});

test('edited inputs go back with a no, unchanged ones lead back to the plan', () => {
	const editing = after(['e'], offering);
	expect(edited(editing, 'with replicas: 4')).toEqual(no('with replicas: 4'));
	expect(edited(editing, undefined)).toMatchObject({state: 'reading'});
});

test('what ends after the answer changes nothing', () => {
	const answered = after(['n'], offering);
	expect([rehearsed(answered, 'late'), edited(answered, 'late')]).toEqual([answered, answered]);
});

test('nothing is rehearsed or edited where nothing can do it', () => {
	expect(after(['t', 'e'], two)).toEqual(firstReview);
});
