"""Hours to weeks: rival explanations of why blocking a receptor for an hour lifts mood for a week."""
