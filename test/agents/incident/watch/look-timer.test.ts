import {expect, test} from 'vitest';
import {lookTimer} from '../../../../src/agents/incident/watch/look-timer.ts';
import {manualClock} from '../../../support/manual-clock.ts';

type Looked = ReturnType<Parameters<typeof lookTimer>[1]>;

/** What was looked at, and at which millisecond. Each look takes so long. */
function world(answers: readonly Looked[] = [], lookMs = 0) {
	const manual = manualClock(0);
	let lookedMs = 0;
	const clock = {...manual, now: () => manual.now() + lookedMs};
	const looks: string[] = [];
	const left = [...answers];
	const timer = lookTimer(clock, changed => {
		const part = changed === 'all' ? '' : `${[...changed.namespaces].join()}${changed.isFarReaching ? ' and others' : ''}`;
		const what = changed === 'all' ? 'all' : changed.isWhole === true ? `whole ${part}` : part;
		looks.push(`${clock.now()} ${what}`.trim());
		lookedMs += lookMs;
		return left.shift() ?? {isSettled: true};
	});
	return {clock, looks, timer};
}

test('looks a twentieth of a second after the first of several changes, at what changed', async () => {
	const {clock, looks, timer} = world();
	timer.touch('early');
	await clock.advance(1000);
	timer.start();
	timer.touch('shop');
	await clock.advance(30);
	timer.touch('other');
	await clock.advance(1000);
	timer.touch('shop');
	timer.touch(undefined);
	await clock.advance(1000);
	expect(looks).toEqual(['1000 all', '1050 shop', '1050 other', '2080 all']);
});

test.each([
	{lookMs: 120, expected: ['0 all', '1170 shop', '1410 other']},
	{lookMs: 700, expected: ['0 all', '1750 shop', '2650 other']},
])('rests after a look of $lookMs ms, and is as quick as ever once it has', async ({lookMs, expected}) => {
	const {clock, looks, timer} = world([], lookMs);
	timer.start();
	await clock.advance(1000);
	timer.touch('shop');
	await clock.advance(50);
	timer.touch('other');
	await clock.advance(1000);
	expect(looks).toEqual(expected);
});

test('looks at everything once a look at a part wants it, after the rest', async () => {
	const {clock, looks, timer} = world([{isSettled: true}, {isSettled: false}], 100);
	timer.start();
	await clock.advance(1000);
	timer.touch('shop', {isFarReaching: true});
	await clock.advance(2000);
	expect(looks).toEqual(['0 all', '1150 shop and others', '1350 whole']);
});

test('begins no look at everything before what the part said is told', async () => {
	const telling = Promise.withResolvers<void>();
	const {clock, looks, timer} = world([{isSettled: true}, {isSettled: false, told: telling.promise}], 100);
	timer.start();
	await clock.advance(1000);
	timer.touch('shop');
	await clock.advance(1000);
	expect(looks).toEqual(['0 all', '1150 shop']);
	telling.resolve();
	await clock.advance(0);
	timer.touch('other');
	await clock.advance(1000);
	expect(looks.slice(2)).toEqual(['2250 whole other']);
});

test('looks first where something changed, and then where something was only said of it', async () => {
	const {clock, looks, timer} = world([], 100);
	timer.start();
	await clock.advance(1000);
	timer.touch('noisy', {isRemark: true});
	timer.touch('shop');
	timer.touch('shop', {isRemark: true});
	await clock.advance(1000);
	expect(looks).toEqual(['0 all', '1150 shop', '1250 noisy']);
});

test('rests where many namespaces go on changing', async () => {
	const {clock, looks, timer} = world([], 100);
	timer.start();
	await clock.advance(1000);
	for (const each of ['a', 'b', 'c', 'd', 'e', 'f']) timer.touch(each);
	await clock.advance(2000);
	expect(looks).toEqual(['0 all', '1150 a', '1250 b', '1350 c', '1450 d', '1750 e', '1850 f']);
});

test('rests after a look at everything before the next such, and not before a part', async () => {
	const {clock, looks, timer} = world([], 700);
	timer.start();
	timer.touch('shop');
	await clock.advance(1000);
	expect(looks).toEqual(['0 all', '750 shop']);
});

test('lets parts that go on changing come before the whole, but for a second at most', async () => {
	const unsettled = {isSettled: false};
	const {clock, looks, timer} = world([{isSettled: true}, ...Array.from({length: 40}, () => unsettled)], 0);
	timer.start();
	for (let each = 0; each < 30; each++) {
		timer.touch('shop');
		await clock.advance(50);
	}
	const whole = looks.findIndex(look => look.includes('whole'));
	expect(looks.slice(1, whole)).toEqual(Array.from({length: whole - 1}, (_, index) => `${50 * (index + 1)} shop`));
	expect(looks[whole]).toBe('1050 whole shop');
});

test('looks again when something is due, and each minute in any case', async () => {
	const {clock, looks, timer} = world([{isSettled: true, dueMs: 5000}, {isSettled: true}, {isSettled: true, dueMs: 1_000_000}]);
	timer.start();
	await clock.advance(125_000);
	expect(looks).toEqual(['0 all', '5000 all', '65000 all', '125000 all']);
});

test('looks no more once it is stopped', async () => {
	const {clock, looks, timer} = world();
	timer.start();
	timer.touch('shop');
	timer.stop();
	timer.touch('shop');
	await clock.advance(600_000);
	expect(looks).toEqual(['0 all']);
});
