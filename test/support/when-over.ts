import {afterAll, onTestFinished, TestRunner} from 'vitest';

/**
 * Ends what a helper started: with the test that called it, or with the file where none runs yet. Vitest drops an `afterAll` that a test calls without
 * a word, and what is left running costs all files after it their time. Not for tests that run at once, which are not told apart.
 */
export function whenOver(end: () => unknown): void {
	// What an `afterAll` or an `onTestFinished` returns is waited for, and a function would be called.
	const wait = async () => void (await end());
	if (TestRunner.getCurrentTest() === undefined) afterAll(wait);
	else onTestFinished(wait);
}
