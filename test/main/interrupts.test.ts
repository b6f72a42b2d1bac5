import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {interruptsOf} from '../../src/main/interrupts.ts';

/** A process that notes how it was ended. */
function child() {
	const events = new EventEmitter();
	const exits: number[] = [];
	const interrupts = interruptsOf({on: (name, listener) => events.on(name, listener), exit: code => exits.push(code)});
	return {...interrupts, exits, interrupt: (name = 'SIGINT') => events.emit(name)};
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('the first %s aborts the command, the second ends the process', name => {
	const {signal, exits, interrupt} = child();
	interrupt(name);
	expect([signal.aborted, exits]).toEqual([true, []]);
	interrupt(name);
	expect(exits).toEqual([130]);
});

test('a Ctrl-C that was taken stops that alone, and the next aborts the command', () => {
	const {signal, exits, interrupt, takeInterrupt} = child();
	let cancelled = 0;
	takeInterrupt(() => {
		cancelled += 1;
	});
	interrupt();
	expect([cancelled, signal.aborted]).toEqual([1, false]);
	interrupt();
	expect([cancelled, signal.aborted, exits]).toEqual([1, true, []]);
});

test('one that was given back, and the end of the terminal, abort the command', () => {
	const [first, second] = [child(), child()];
	first.takeInterrupt(() => undefined)();
	first.interrupt();
	second.takeInterrupt(() => undefined);
	second.interrupt('SIGHUP');
	expect([first.signal.aborted, second.signal.aborted]).toEqual([true, true]);
});
