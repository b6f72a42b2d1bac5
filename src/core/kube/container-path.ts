/** A path in a container as POSIX reads it, from the root: without empty steps, `.` and `..`, and without a slash at its end. */
export function containerPath(path: string): string {
	const steps: string[] = [];
	for (const step of path.split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '' && step !== '.') steps.push(step);
	}
	return `/${steps.join('/')}`;
}
