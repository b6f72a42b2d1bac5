/** Milliseconds that this process has computed for: unlike time on the wall, other processes do not add to it. */
export function cpuMs(): number {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
}
