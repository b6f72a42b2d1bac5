/** Whether something is going on. `quiet`: rows since the latest alarm, as many as count at most; `age`: rows since it began. Plain. */
export type Episode = {quiet: number; age: number};

/** An episode is over after this many rows below the alarm. NAB scores alike from 60 to 100 and loses beyond, where new ones are missed. */
const episodeRows = 80;

export const noEpisode = (): Episode => ({quiet: episodeRows, age: 0});

/** One alarm for one episode: it lasts while severe rows follow each other closely. */
export function follow(episode: Episode, isSevere: boolean): 'begins' | 'goes on' | 'none' {
	const isOn = episode.quiet < episodeRows;
	episode.quiet = isSevere ? 0 : Math.min(episodeRows, episode.quiet + 1);
	episode.age = isOn ? episode.age + 1 : 0;
	if (isOn) return 'goes on';
	return isSevere ? 'begins' : 'none';
}
