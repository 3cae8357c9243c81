"""What happens when nobody is looking: the Celery app, its clock and its tasks."""
