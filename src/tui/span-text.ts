/** How long something took, for people: `0.4 s`, `12 s`, `3 min 20 s`, `15 min`, `2 h 5 min`. */
export function spanText(ms: number): string {
	const seconds = Math.max(0, ms) / 1000;
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	if (seconds < 60) return `${Math.floor(seconds)} s`;
	const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
	if (minutes >= 120) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
	return minutes >= 10 || rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
