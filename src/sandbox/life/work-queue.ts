import type {Machine, MachineEvent} from '../machine.ts';
import {StatusError} from '../status-error.ts';
import type {Agenda} from './agenda.ts';
import type {Controller, Key} from './controller.ts';

/** Retries of a failed look double up to 1,000 s, as client-go's rate limiter; it begins with 5 ms, which would only make more events. */
const firstRetryMs = 1000;
const lastRetryMs = 1_000_000;

type Item = {readonly id: string; readonly controller: Controller; readonly key: Key};

/**
 * Runs all controllers, one object at a time in the order in which events named them; an object that is named twice before its turn has one turn.
 * Works in microtasks: a request is answered before controllers see its write, and they are done before the next one is read.
 */
export function workQueue(controllers: readonly Controller[], machine: Machine, agenda: Agenda, onError: (error: unknown) => void) {
	const waiting = new Map<string, Item>();
	const failures = new Map<string, number>();
	const byKind = controllersByKind(controllers);
	let running = false;
	let stopped = false;

	const add = (controller: Controller, key: Key) => {
		const id = `${controller.name} ${key.namespace ?? ''}/${key.name}`;
		waiting.set(id, {id, controller, key});
		if (running || stopped) return;
		running = true;
		queueMicrotask(drain);
	};
	const drain = () => {
		for (const item of waiting.values()) {
			if (stopped) break;
			waiting.delete(item.id);
			run(item);
		}
		running = false;
	};
	const again = ({id, controller, key}: Item, delayMs: number) =>
		agenda.put(`queue ${id}`, machine.clock.now() + delayMs, () => add(controller, key));
	const run = (item: Item) => {
		try {
			const delayMs = item.controller.sync(item.key);
			failures.delete(item.id);
			if (delayMs !== undefined) again(item, delayMs);
		} catch (error) {
			// A refusal of the server (a conflict, a quota) is worth another try; anything else is a bug of the controller.
			if (!(error instanceof StatusError)) onError(error);
			const count = failures.get(item.id) ?? 0;
			failures.set(item.id, count + 1);
			again(item, Math.min(firstRetryMs * 2 ** count, lastRetryMs));
		}
	};
	return {
		notice(event: MachineEvent) {
			for (const {controller, concerns} of byKind.get(event.object.kind) ?? []) {
				for (const key of concerns(event)) add(controller, key);
			}
		},
		stop() {
			stopped = true;
		},
	};
}

function controllersByKind(controllers: readonly Controller[]) {
	const byKind = new Map<string, {controller: Controller; concerns: (event: MachineEvent) => readonly Key[]}[]>();
	for (const controller of controllers) {
		for (const [kind, concerns] of Object.entries(controller.concerns)) {
			byKind.set(kind, [...(byKind.get(kind) ?? []), {controller, concerns}]);
		}
	}
	return byKind;
}
